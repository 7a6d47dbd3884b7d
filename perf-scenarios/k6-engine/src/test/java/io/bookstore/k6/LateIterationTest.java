package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.http.HttpClients;
import io.bookstore.k6.metrics.RunClock;
import io.bookstore.k6.metrics.SampleBatch;
import io.bookstore.k6.options.Options;
import io.bookstore.k6.script.ScriptRuntime;
import io.bookstore.k6.vu.RunControl;
import io.bookstore.k6.vu.ScenarioState;
import io.bookstore.k6.vu.TestRun;
import io.bookstore.k6.vu.VirtualUser;
import io.bookstore.perf.metrics.BuiltInMetrics;
import io.bookstore.perf.metrics.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An iteration that starts after the moment for which its arrival rate planned it says so with its first request. */
class LateIterationTest {

    @TempDir
    Path folder;

    private final ExecutorService background = Executors.newCachedThreadPool();
    private final List<SampleBatch> batches = new CopyOnWriteArrayList<>();

    @AfterEach
    void endThreads() {
        background.shutdownNow();
    }

    @Test
    void onlyTheFirstRequestOfTheLateIterationIsLate() throws Exception {
        Path script = Files.writeString(folder.resolve("script.js"), """
                import http from 'k6/http';
                export default function () {
                  http.get(__ENV.URL);
                  http.get(__ENV.URL);
                }
                """);
        try (FixtureServer server = FixtureServer.start();
                ScriptRuntime runtime = new ScriptRuntime(script)) {
            Options options = Discovery.defaults();
            RunClock clock = new RunClock();
            TestRun run = new TestRun(
                    runtime,
                    options,
                    Map.of("URL", server.baseUrl() + "/json"),
                    TestRun.Shared.create(),
                    new RunControl(),
                    clock,
                    new HttpClients(options.http()),
                    batches::add,
                    new NoopListener(),
                    background);
            ScenarioState scenario = new ScenarioState(options.scenarios().get(0), clock.startNanos(), () -> 0);

            try (VirtualUser user = new VirtualUser(1, run)) {
                user.startLate(12_500_000);
                user.iterate(scenario, null);
                user.startLate(900_000);
                user.iterate(scenario, null);
            }
        }

        assertThat(batches.stream()
                        .filter(batch -> batch.metrics().contains(BuiltInMetrics.HTTP_REQ_DURATION))
                        .map(batch -> batch.metadata().getOrDefault(Sample.LATE_MS, "in time")))
                .containsExactly("12.5", "in time", "in time", "in time");
    }
}
