package io.bookstore.perf.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.testing.StandInApi;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedRunTest {

    private static final Path SCRIPT = Path.of("k6-engine/src/test/resources/k6/behaviour/endless-samples.js");

    @TempDir
    private Path folder;

    @Test
    void interruptedRunKeepsItsPartAndSaysSo() throws Exception {
        try (StandInApi api = StandInApi.start()) {
            RunResult result = interruptedAtItsFirstSample(api);

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

    private RunResult interruptedAtItsFirstSample(StandInApi api) throws InterruptedException {
        RunOrder order = new RunOrder(
                "endless",
                new RunOrder.Script(SCRIPT, Map.of()),
                new RunOrder.Service(api.baseUrl(), Path.of("none"), Map.of(), false),
                folder,
                RunOrder.Rules.OF_THE_SCRIPT);
        EngineChoice choice = EngineChoice.choose("embedded", "K6_ENGINE", List.of(new EmbeddedEngineOption()));
        return new ScenarioRunner(choice, Clock.systemUTC(), bill -> {}).run(order, new InterruptingWatcher());
    }
}
