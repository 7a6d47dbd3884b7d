package io.bookstore.perf.report;

import static io.bookstore.perf.report.RenderedReport.phases;
import static io.bookstore.perf.report.RenderedReport.recorded;
import static io.bookstore.perf.report.RenderedReport.render;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.GeneratorLoad;
import io.bookstore.perf.results.facts.RunFacts;
import io.bookstore.perf.testing.RecordedResults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan of the load as bands of the charts and as a line of the facts of the run. */
class PhasesTest {

    @TempDir
    private Path folder;

    @Test
    void stagesOfThePlanAreTheBandsOfTheCharts() throws IOException {
        RunFacts.Load load = new RunFacts.Load(
                "llm_smoke",
                "ramping-vus",
                false,
                2,
                Duration.ofMinutes(3),
                Duration.ZERO,
                List.of(
                        new RunFacts.Load.Stage(Duration.ofSeconds(30), 2),
                        new RunFacts.Load.Stage(Duration.ofSeconds(120), 2),
                        new RunFacts.Load.Stage(Duration.ofSeconds(30), 0)));

        List<JsonNode> phases = phases(render(passed(load), folder));

        assertThat(phases).extracting(phase -> phase.get("label").asText()).containsExactly("to 2", "at 2", "to 0");
        assertThat(phases.get(1).get("endSeconds").asDouble()
                        - phases.get(1).get("startSeconds").asDouble())
                .isEqualTo(120);
    }

    @Test
    void stepsOneAfterTheOtherAreBandsAndTheHighestIsTheLoad() throws IOException {
        String html = render(passed(arrivals("rate_60", 60, 0), arrivals("rate_120", 120, 60)), folder);

        assertThat(phases(html))
                .extracting(phase -> phase.get("label").asText())
                .containsExactly("rate 60", "rate 120");
        assertThat(html).contains("open loop, up to 120 arrivals a minute");
    }

    @Test
    void loadsBesideEachOtherAreNoBandsAndAddUp() throws IOException {
        String html = render(passed(arrivals("summaries", 60, 0), arrivals("plain", 120, 0)), folder);

        assertThat(phases(html)).isEmpty();
        assertThat(html).contains("open loop, up to 180 arrivals a minute");
    }

    @Test
    void openLoopAndAGeneratorAtItsLimitAreSaid() throws IOException {
        RunFacts.Load open =
                new RunFacts.Load("llm_smoke_open", "ramping-arrival-rate", true, 14, Duration.ofMinutes(3));

        String html = render(passed(new GeneratorLoad(1.31, 0.98, 2), open), folder);

        assertThat(html)
                .contains("open loop, up to 14 arrivals a minute")
                .contains("took 1.3 of this machine's 2 processors, which were 98 % busy: it may have been the limit");
    }

    private static RunFacts.Load arrivals(String name, int perMinute, int startSeconds) {
        return new RunFacts.Load(
                name,
                "constant-arrival-rate",
                true,
                perMinute,
                Duration.ofMinutes(1),
                Duration.ofSeconds(startSeconds),
                List.of());
    }

    private static RunResult passed(RunFacts.Load... loads) {
        return passed(RecordedResults.facts(Map.of()).generator(), loads);
    }

    /** The recorded run as that of another load. */
    private static RunResult passed(@Nullable GeneratorLoad generator, RunFacts.Load... loads) {
        RunFacts facts = RecordedResults.facts(Map.of());
        return new RunResult(
                new RunFacts(
                        facts.scenario(),
                        facts.script(),
                        facts.scriptHash(),
                        facts.engine(),
                        List.of(loads),
                        facts.startedAt(),
                        facts.duration(),
                        facts.env(),
                        facts.target(),
                        facts.machine(),
                        generator),
                recorded.verdict(),
                recorded.thresholds(),
                recorded.measurements(),
                recorded.validity());
    }
}
