package io.bookstore.perf.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

    @TempDir
    private Path folder;

    /** Users times seconds, over a cycle of 8.2 s for summaries and 3.54 s with a share of 20 %. */
    @ParameterizedTest
    @CsvSource({
        "tests/ai-summary.js, llm_smoke, 30",
        "tests/ai-summary.js, llm_load, 381",
        "tests/ai-summary.js, llm_load_open, 364",
        "scenarios/mixed-workload.js, mixed, 772",
        "scenarios/mixed-workload.js, mixed_open, 774",
        "tests/books.js, load, 0"
    })
    void planSaysHowManyRequestsGoToTheModel(String script, String profile, double requests) {
        Map<String, String> env = Map.of("SCENARIO", profile);

        assertThat(requests(Path.of("k6").resolve(script), env)).isCloseTo(requests, within(requests * 0.15 + 0.01));
    }

    /** {@code DURATION_SCALE} shortens the stages of an open loop and leaves its rate. */
    @Test
    void openLoopOfATenthOfTheLengthAsksForATenth() {
        Path script = Path.of("k6/tests/ai-summary.js");

        double whole = requests(script, Map.of("SCENARIO", "llm_load_open"));
        double tenth = requests(script, Map.of("SCENARIO", "llm_load_open", "DURATION_SCALE", "0.1"));

        assertThat(tenth).isCloseTo(whole / 10, within(0.01 * whole));
    }

    @Test
    void shareThatWasAskedForCounts() {
        Path script = Path.of("k6/scenarios/mixed-workload.js");

        assertThat(requests(script, Map.of("LLM_PERCENTAGE", "0"))).isZero();
        assertThat(requests(script, Map.of("LLM_PERCENTAGE", "40")))
                .isGreaterThan(1.5 * requests(script, Map.of("LLM_PERCENTAGE", "20")));
    }

    @Test
    void everyIterationOfAnUnknownScriptCounts() throws Exception {
        Path script = Files.writeString(folder.resolve("mine.js"), """
                export const options = { scenarios: { some: { executor: 'shared-iterations', vus: 2, iterations: 40 } } };
                export default function () {}
                """);

        assertThat(requests(script, Map.of())).isEqualTo(40);
    }

    private double requests(Path script, Map<String, String> env) {
        RunPlan plan = new EmbeddedEngine(Map.of())
                .inspect(new EngineRequest(script, env, folder))
                .known()
                .orElseThrow();
        return Pace.of(script, env).requests(plan, env);
    }
}
