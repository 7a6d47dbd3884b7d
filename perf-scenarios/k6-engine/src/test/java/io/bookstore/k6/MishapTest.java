package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.Inspection;
import io.bookstore.testing.ClosedPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults in the middle of a run: the exit code and a message report them, and no sample from before is lost. */
class MishapTest {

    private static final Path SCRIPTS = Path.of("src/test/resources/k6");

    @TempDir
    private Path folder;

    @Test
    void targetThatDiesIsCountedRequestByRequest() throws Exception {
        FixtureServer server = FixtureServer.start();
        Queue<ClosedPort> stillClosed = new ConcurrentLinkedQueue<>();

        ScriptRun run = ScriptRun.of("behaviour/dying-target.js")
                .env("BASE", server.baseUrl())
                .whenLogged("let it die", any -> {
                    server.close();
                    stillClosed.add(new ClosedPort(server.port()));
                })
                .run();

        stillClosed.remove().close();
        assertThat(run.exitCode()).isEqualTo(99);
        assertThat(run.count("iterations")).isEqualTo(20);
        assertThat(run.tags("http_reqs", "status"))
                .startsWith("200", "200", "200")
                .contains("0");
        assertThat(Set.copyOf(run.tags("http_req_failed", "error_code"))).contains("none", "1212");
        assertThat(run.logged("warning")).anyMatch(line -> line.endsWith("dial: connection refused"));
    }

    @Test
    void fullDiskStopsTheRunInAnOrderlyWay() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a device that is always full (Linux)");

        ScriptRun run =
                ScriptRun.of("behaviour/endless-samples.js").samplesTo(full).run();

        assertThat(run.exitCode()).isEqualTo(255);
        assertThat(run.problem())
                .startsWith("Cannot write ")
                .endsWith("samples.jsonl.gz any more (No space left on device); free some space. Results up to here are"
                        + " kept.");
        assertThat(run.logged()).containsExactly("torn down");
        assertThat(run.summary("books", "count")).isPositive();
    }

    @Test
    void interruptionBeforeTheRunIsOneOfTheRun() throws Exception {
        EngineRequest request = new EngineRequest(SCRIPTS.resolve("behaviour/endless-init.js"), Map.of(), folder);
        CompletableFuture<Inspection> inspection = new CompletableFuture<>();
        Thread thread = new Thread(() -> inspection.complete(new K6Engine(Map.of()).inspect(request)));

        thread.start();
        thread.interrupt();

        assertThat(inspection.get(2, TimeUnit.MINUTES).problem())
                .isEqualTo(new EngineOutcome(105, "The run was interrupted before it began."));
    }
}
