package io.bookstore.api.proof;

import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.proof.Row.Proof;
import io.bookstore.api.proof.Row.Seen;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Faults of the process: a full disk, signals, a pause, too few file descriptors, a bad configuration. */
final class ProcessFaults {

    private ProcessFaults() {}

    static List<Row> rows(World world) {
        return List.of(
                Row.of("F20", "the disk of the embedded database is full", "goes on answering", fullDisk(world)),
                Row.of(
                        "F21",
                        "SIGTERM with 20 summaries under way; SIGKILL with 8 writers; a restart after each",
                        "all 20 are answered; what was acknowledged is there again",
                        signals(world)),
                Row.unreached(
                        "F22",
                        "the wall clock jumps",
                        "no breaker sticks, no negative time",
                        "no test may set the clock of the machine; breaker and limiters take `System.nanoTime`"),
                Row.of(
                        "F23",
                        "the process is stopped for longer than the deadline (SIGSTOP, 6 s)",
                        "deadlines fire when it goes on; no storm of retries",
                        pause(world)),
                Row.of(
                        "F24",
                        "80 connections, and file descriptors left for fifty",
                        "serves again when they are gone",
                        descriptors(world)),
                Row.of(
                        "F27",
                        "a negative deadline, an unknown provider, an address that is none",
                        "exit code 78 and one sentence with the key",
                        configuration()));
    }

    private static Proof fullDisk(World world) {
        return () -> {
            Map<String, String> environment = world.environment();
            environment.remove("MONGODB_URI");
            Path directory = Files.createTempDirectory("full");
            environment.put("BOOKSTORE_DATA_DIR", directory.toString());
            String large = World.BOOK.replace("}", ",\"description\":\"" + "large ".repeat(1_600) + "\"}");
            // No file may grow beyond 1 MiB; what the service prints goes to a pipe.
            try (PackagedService service =
                    PackagedService.start("full-disk", environment, "sh", "-c", "ulimit -f 2048; \"$@\" | cat", "sh")) {
                Set<Integer> statuses = new LinkedHashSet<>();
                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofNanos(1))
                        .until(() -> {
                            statuses.add(service.post("/api/v1/Books", large).status());
                            return statuses.contains(503);
                        });
                assertThat(statuses).containsExactly(201, 503);
                assertThat(service.get("/health/liveness").status()).isEqualTo(200);
                service.get("/metrics").assertStatus(200);
                return new Seen(
                        "503 database-unavailable, once the file cannot grow",
                        "what was not yet in the file",
                        "room on the disk, and a restart");
            }
        };
    }

    private static Proof signals(World world) {
        return () -> {
            Map<String, String> environment = world.environment();
            environment.remove("MONGODB_URI");
            environment.put(
                    "BOOKSTORE_DATA_DIR", Files.createTempDirectory("signals").toString());
            List<String> ledger = new ArrayList<>();
            WriteLedger writes = new WriteLedger();
            int exitCode;
            try (PackagedService service = PackagedService.start("terminated", environment)) {
                exitCode = terminate(world, service, ledger);
            }
            try (PackagedService service = PackagedService.start("killed", environment)) {
                for (String book : ledger) {
                    service.get(book).assertStatus(200);
                }
                writes.writeUntilTheKillOf(service);
            }
            try (PackagedService service = PackagedService.start("restarted", environment)) {
                for (String book : ledger) {
                    service.get(book).assertStatus(200);
                }
                writes.assertKeptBy(service);
            }
            return new Seen(
                    "20 times 200, then exit code " + exitCode,
                    "nothing by SIGTERM; by SIGKILL what is under way",
                    "a restart");
        };
    }

    private static int terminate(World world, PackagedService service, List<String> ledger) throws Exception {
        for (int i = 0; i < 20; i++) {
            ledger.add(service.post("/api/v1/Books", World.BOOK.replace("Dubliners", "Under way " + i))
                    .assertStatus(201)
                    .header("location")
                    .orElseThrow());
        }
        CountDownLatch go = new CountDownLatch(1);
        world.provider("f21").always(after(go, stream("In time.", 1, 1)));
        Map<String, CompletableFuture<Answer>> underWay = new HashMap<>();
        ledger.forEach(book -> underWay.put(book, summaryUnderWay(service, book)));
        await().until(() -> {
            // A busy machine may refuse one for want of a connection to the database; nothing else can end one now.
            underWay.replaceAll((book, summary) -> {
                if (!summary.isDone()) {
                    return summary;
                }
                assertThat(summary.join().inShort()).isEqualTo("503 database-unavailable");
                return summaryUnderWay(service, book);
            });
            return world.provider("f21").received().size() == ledger.size();
        });
        service.signal("TERM");
        // Once it refuses connections it is stopping, and then the summaries come.
        await().until(() -> refuses(service));
        go.countDown();
        for (CompletableFuture<Answer> summary : underWay.values()) {
            Answer answer = summary.join().assertStatus(200);
            assertThat(answer.header("connection"))
                    .as("where the next request goes")
                    .contains("close");
        }
        // Long before the grace period, which is longer than the deadline of ten minutes.
        return service.exitCode();
    }

    private static CompletableFuture<Answer> summaryUnderWay(PackagedService service, String book) {
        return service.later("POST", book + "/generate-summary?provider=f21", "");
    }

    private static boolean refuses(PackagedService service) {
        try (Wire wire = new Wire(service.api())) {
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    private static Proof pause(World world) {
        return () -> {
            ShortDeadline store = world.shortDeadline();
            CountDownLatch end = new CountDownLatch(1);
            world.provider("f23").always(after(end, stream("Late.", 1, 1)));
            CompletableFuture<Answer> summary = underWay(world, store);
            store.service().signal("STOP");
            Executor later = CompletableFuture.delayedExecutor(
                    ShortDeadline.DEADLINE.plusSeconds(1).toSeconds(), TimeUnit.SECONDS);
            CompletableFuture.runAsync(() -> store.service().signal("CONT"), later)
                    .join();
            Answer answer = summary.join().assertStatus(504);
            assertThat(world.provider("f23").received()).hasSize(1);
            world.provider("f23").reset();
            end.countDown();
            store.serves("f23");
            return new Seen(answer.inShort(), "nothing", "by itself");
        };
    }

    /** Asks until the silent provider has been asked: on a slow machine the deadline may come first. */
    private static CompletableFuture<Answer> underWay(World world, ShortDeadline store) {
        List<CompletableFuture<Answer>> asked = new ArrayList<>();
        await().until(() -> {
            if (asked.isEmpty() || asked.get(asked.size() - 1).isDone()) {
                asked.add(store.summaryLater("f23"));
            }
            return !world.provider("f23").received().isEmpty();
        });
        return asked.get(asked.size() - 1);
    }

    private static Proof descriptors(World world) {
        return () -> {
            PackagedService service = world.stopping().service();
            if (!service.limitDescriptors(50)) {
                throw new TestAbortedException("F24 needs prlimit on the PATH");
            }
            List<Socket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < 80; i++) {
                    Socket socket = new Socket();
                    sockets.add(socket);
                    socket.connect(
                            new java.net.InetSocketAddress(
                                    service.api().getHost(), service.api().getPort()),
                            1_000);
                }
            } catch (IOException refused) {
                // That is one polite way to say no; to leave them waiting is another.
            }
            for (Socket socket : sockets) {
                socket.close();
            }
            await().ignoreExceptions().until(() -> service.get("/api/v1/Books").status() == 200);
            return new Seen("waits for a connection", "nothing", "by itself");
        };
    }

    private static Proof configuration() {
        return () -> {
            Map<String, String> bad = Map.of(
                    "BOOKSTORE_LLM_DEADLINE", "-1s",
                    "LLM_PROVIDER", "acme",
                    "OPENAI_BASE_URL", "ftp://openai.example",
                    "BOOKSTORE_LLM_DEADLIN", "5s");
            List<PackagedService> started = bad.entrySet().stream()
                    .map(setting -> PackagedService.launch(
                            "bad-" + setting.getKey(), Map.of(setting.getKey(), setting.getValue())))
                    .toList();
            List<String> words = Stream.concat(
                            bad.values().stream().filter(value -> !value.equals("5s") && !value.equals("-1s")),
                            Stream.of("PT-1S", "BOOKSTORE_LLM_DEADLIN is no setting"))
                    .toList();
            for (PackagedService service : started) {
                try (service) {
                    assertThat(service.exitCode()).isEqualTo(78);
                    assertThat(service.log().lines()).hasSize(1);
                    assertThat(words)
                            .anySatisfy(word -> assertThat(service.log()).contains(word));
                }
            }
            return new Seen("nothing, for it does not start: 78", "nothing", "the sentence names the key and the rule");
        };
    }
}
