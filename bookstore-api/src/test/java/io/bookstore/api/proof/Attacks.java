package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * Clients that take more than they give, each against a service of its own, whose resident memory is looked at before,
 * during and after. The figures are in {@code target/proof/memory-ID.txt}.
 */
final class Attacks {

    private static final int PIPELINING_CONNECTIONS = 4;
    private static final int PIPELINED = 2_000;
    private static final int IDLE_CONNECTIONS = 10_000;

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
                        idle(world)));
    }

    private static Proof pipelined(World world) {
        return () -> attacked(world, "B42", service -> {
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < PIPELINING_CONNECTIONS; i++) {
                Wire wire = new Wire(service.api());
                wires.add(wire);
                wire.send("GET /api/v1/Books?pageSize=100 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(PIPELINED));
            }
            for (Wire wire : wires) {
                // A slow machine has no connection to the database for all of them in time.
                assertThat(wire.read().status()).isIn(200, 503);
            }
            return wires;
        });
    }

    private static Proof idle(World world) {
        return () -> {
            if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                    && system.getMaxFileDescriptorCount() < IDLE_CONNECTIONS + 2_000) {
                throw new TestAbortedException(
                        "B43 needs 12,000 file descriptors, ulimit -n allows " + system.getMaxFileDescriptorCount());
            }
            return attacked(world, "B43", service -> {
                List<Wire> wires = new ArrayList<>();
                for (int i = 0; i < IDLE_CONNECTIONS; i++) {
                    wires.add(new Wire(service.api()));
                }
                await().until(() -> service.connections() >= IDLE_CONNECTIONS);
                return wires;
            });
        };
    }

    private interface Attack {
        /** Leaves the connections that it has opened open. */
        List<Wire> begin(PackagedService service) throws Exception;
    }

    private static Seen attacked(World world, String id, Attack attack) throws Exception {
        if (!Files.exists(Path.of("/proc/self/status"))) {
            throw new TestAbortedException(id + " needs /proc to tell the memory of a process");
        }
        Map<String, String> environment = world.environment();
        environment.remove("MONGODB_URI");
        try (PackagedService service = PackagedService.start("attacked-" + id, environment)) {
            service.post("/seed-data", "").assertStatus(200);
            String book = World.anyBook(service);
            service.get("/api/v1/Books?pageSize=100").assertStatus(200);
            long connections = service.connections();
            long before = service.residentMb();
            List<Wire> wires = attack.begin(service);
            for (int i = 0; i < 20; i++) {
                service.get("/health/liveness").assertStatus(200);
                await().until(() -> service.get(book).status() == 200);
            }
            long during = service.residentMb();
            for (Wire wire : wires) {
                wire.close();
            }
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
}
