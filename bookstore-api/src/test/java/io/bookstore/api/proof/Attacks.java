package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * Clients that take more than they give, or say two things with one request. Each row is against a service whose resident
 * memory is looked at before, during and after; nothing else asks that service meanwhile. The figures are in
 * {@code target/proof/memory-ID.txt}.
 */
final class Attacks {

    /** The row that takes half a minute, and has a service of its own. */
    static final String LONG = "B44";

    private static final int PIPELINING_CONNECTIONS = 4;
    private static final int PIPELINED = 2_000;
    private static final int UNREAD_BYTES = 128 * 1_024;
    private static final int IDLE_CONNECTIONS = 10_000;
    private static final int SLOW_CONNECTIONS = 500;
    private static final int TIMES = 50;
    private static final int STREAMS = 100;
    private static final int STREAMS_AT_ONCE = 5;

    private static final String POST = "POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    /** An unbounded service grew by 516 MB at the first attack (2026-11-28) and by more at larger ones. */
    private static final long MOST_GROWTH_MB = 150;

    private Attacks() {}

    static List<Row> rows(World world) {
        return List.of(
                Row.of(
                        "B42",
                        "4 connections, each with 2,000 lists of 100 books in one packet, of which nothing is read",
                        "32 of a connection are under way; others are answered; less than 150 MB more",
                        pipelined(world)),
                Row.of(
                        "B43",
                        "10,000 connections that send nothing",
                        "others are answered; less than 150 MB more; all of it is given up with them",
                        idle(world)),
                Row.of(
                        LONG,
                        "500 heads and 500 bodies, a byte a second each",
                        "others are answered; all are closed after 10 s and 30 s; less than 150 MB more",
                        slow(world)),
                Row.of(
                        "B45",
                        "a request hidden behind a quote that a chunk extension opens (CVE-2026-33870), 50 times",
                        "400 and closed; the hidden request is not answered; less than 150 MB more",
                        refused(world, "B45", 400, CHUNKED + "1;a=\"\r\nX\r\n0\r\n\r\n" + SMUGGLED)),
                Row.of(
                        "B46",
                        "a request hidden behind `Transfer-Encoding: chunked, identity`, 50 times",
                        "400 and closed; the hidden request is not answered; less than 150 MB more",
                        refused(
                                world,
                                "B46",
                                400,
                                POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + SMUGGLED)),
                Row.of(
                        "B47",
                        "a chunk of 2^63 bytes, an extension of a chunk of 64 kB, a size that is no number, 50 times each",
                        "400 and closed; what follows is not answered; less than 150 MB more",
                        refused(
                                world,
                                "B47",
                                400,
                                CHUNKED + "8000000000000000\r\n" + SMUGGLED,
                                CHUNKED + "1;" + "a".repeat(65_536) + "\r\nX\r\n0\r\n\r\n" + SMUGGLED,
                                CHUNKED + "0x2\r\n{}\r\n0\r\n\r\n" + SMUGGLED)),
                Row.of(
                        "B48",
                        "100 streams, left after their first token, 5 at a time",
                        "others are answered; no stack trace in the log; less than 150 MB more",
                        abandoned(world)));
    }

    private static Proof pipelined(World world) {
        return () -> attacked(world.watched(), "B42", service -> {
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < PIPELINING_CONNECTIONS; i++) {
                Socket socket = new Socket();
                // Else the system takes in some hundred lists of which the service knows nothing any more.
                socket.setReceiveBufferSize(UNREAD_BYTES);
                Wire wire = new Wire(service.api(), socket);
                wires.add(wire);
                wire.send("GET /api/v1/Books?pageSize=100 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(PIPELINED));
            }
            for (Wire wire : wires) {
                // A slow machine has no connection to the database for all of them in time.
                assertThat(wire.read().status()).isIn(200, 503);
            }
            return () -> close(wires);
        });
    }

    private static Proof idle(World world) {
        return () -> {
            if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                    && system.getMaxFileDescriptorCount() < IDLE_CONNECTIONS + 2_000) {
                throw new TestAbortedException(
                        "B43 needs 12,000 file descriptors, ulimit -n allows " + system.getMaxFileDescriptorCount());
            }
            return attacked(world.watched(), "B43", service -> {
                List<Wire> wires = new ArrayList<>();
                for (int i = 0; i < IDLE_CONNECTIONS; i++) {
                    wires.add(new Wire(service.api()));
                }
                await().until(() -> service.connections() >= IDLE_CONNECTIONS);
                return () -> close(wires);
            });
        };
    }

    private static Proof slow(World world) {
        return () -> attacked(world.watchedForLong(), LONG, service -> {
            long before = service.connections();
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < SLOW_CONNECTIONS; i++) {
                wires.add(begun(service, "GET /api/v1/Books HTTP/1.1\r\nX-Drop: "));
                wires.add(begun(service, POST + "Content-Length: 9000\r\n\r\n"));
            }
            ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "a byte a second");
                thread.setDaemon(true);
                return thread;
            });
            var unused = beat.scheduleAtFixedRate(() -> wires.forEach(Wire::drip), 1, 1, TimeUnit.SECONDS);
            return () -> {
                // All of them go on; it is the service that ends them.
                await().until(() -> service.connections() <= before + 1);
                beat.shutdownNow();
                close(wires);
            };
        });
    }

    private static Wire begun(PackagedService service, String start) throws Exception {
        Wire wire = new Wire(service.api());
        wire.send(start);
        return wire;
    }

    private static Proof refused(World world, String id, int status, String... requests) {
        return () -> {
            attacked(world.watched(), id, service -> {
                for (int i = 0; i < TIMES; i++) {
                    for (String request : requests) {
                        try (Wire wire = begun(service, request)) {
                            wire.read().assertStatus(status);
                            assertThat(wire.readToEnd()).isEmpty();
                        }
                    }
                }
                return () -> {};
            });
            return new Seen(status + ", closed; the service goes on");
        };
    }

    private static Proof abandoned(World world) {
        return () -> attacked(world.watched(), "B48", service -> {
            String stream = "GET " + SampleBook.of(service)
                    + "/generate-summary/stream?provider=openai&refresh=true HTTP/1.1\r\nHost: a\r\n\r\n";
            for (int round = 0; round < STREAMS / STREAMS_AT_ONCE; round++) {
                List<Wire> wires = new ArrayList<>();
                for (int i = 0; i < STREAMS_AT_ONCE; i++) {
                    wires.add(begun(service, stream));
                }
                for (Wire wire : wires) {
                    wire.awaitText("event: token");
                    wire.close();
                }
            }
            return () -> {
                await().until(() -> service.metric("llm_requests_active") == 0);
                assertThat(service.log()).doesNotContain("\tat ");
            };
        });
    }

    private interface Attack {

        /** Begins it; what it has opened stays open. */
        End begin(PackagedService service) throws Exception;
    }

    private interface End {

        /** Ends it and gives up what it has opened. */
        void end() throws Exception;
    }

    private static void close(List<Wire> wires) throws Exception {
        for (Wire wire : wires) {
            wire.close();
        }
    }

    private static Seen attacked(PackagedService service, String id, Attack attack) throws Exception {
        if (!Files.exists(Path.of("/proc/self/status"))) {
            throw new TestAbortedException(id + " needs /proc to tell the memory of a process");
        }
        String book = SampleBook.of(service);
        service.get("/api/v1/Books?pageSize=100").assertStatus(200);
        long connections = service.connections();
        long before = service.residentMb();
        End end = attack.begin(service);
        for (int i = 0; i < 20; i++) {
            service.get("/health/liveness").assertStatus(200);
            await().until(() -> service.get(book).status() == 200);
        }
        long during = service.residentMb();
        end.end();
        await().until(() -> service.connections() <= connections + 1);
        await().until(() -> service.get(book).status() == 200);
        long after = service.residentMb();
        Files.writeString(
                Path.of("target", "proof", "memory-" + id + ".txt"),
                String.format(Locale.ROOT, "%s: %d MB before, %d during, %d after%n", id, before, during, after));
        assertThat(Math.max(during, after) - before)
                .as("MB of resident memory more than the %d before", before)
                .isLessThan(MOST_GROWTH_MB);
        return new Seen("held; the service goes on");
    }
}
