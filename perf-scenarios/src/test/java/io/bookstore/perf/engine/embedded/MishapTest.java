package io.bookstore.perf.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOutcome;
import io.bookstore.perf.engine.EngineRequest;
import io.bookstore.perf.engine.Inspection;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.testing.ClosedPort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in the middle of a run: the exit code tells, nothing measured before is lost, and it is marked. */
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
        assumeThat(full).as("a device that is always full (Linux)").exists();

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
        Thread thread = new Thread(() -> inspection.complete(new EmbeddedEngine(Map.of()).inspect(request)));

        thread.start();
        thread.interrupt();

        assertThat(inspection.get(2, TimeUnit.MINUTES).problem())
                .isEqualTo(new EngineOutcome(105, "The run was interrupted before it began."));
    }

    @Test
    void interruptedRunKeepsItsPartAndSaysSo() throws Exception {
        try (FixtureServer server = FixtureServer.start()) {
            RunResult result = interruptedAtItsFirstSample(server);

            assertThat(result.verdict().exitCode()).isEqualTo(105);
            assertThat(result.verdict().partial()).isTrue();
            assertThat(result.count("books").orElseThrow()).isPositive();
        }
        JsonNode summary =
                new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        assertThat(summary.at("/verdict/partial").asBoolean()).isTrue();
        assertThat(summary.at("/verdict/problem").asText())
                .isEqualTo("The run was interrupted; its results are partial.");
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("The run did not go to its end: the figures describe a part of the plan.");
        assertThat(folder.resolve("junit.xml")).content().contains("type=\"exit code 105\"");
    }

    private RunResult interruptedAtItsFirstSample(FixtureServer server) throws InterruptedException {
        RunOrder order = new RunOrder(
                "endless",
                SCRIPTS.resolve("behaviour/endless-samples.js"),
                Map.of(),
                Map.of(),
                URI.create(server.baseUrl()),
                0,
                Path.of("none"),
                folder,
                Double.POSITIVE_INFINITY);
        EngineChoice choice = EngineChoice.choose("embedded", List.of(new EmbeddedEngineOption()));
        return new ScenarioRunner(choice, Clock.systemUTC(), bill -> {}).run(order, new InterruptingWatcher());
    }
}
