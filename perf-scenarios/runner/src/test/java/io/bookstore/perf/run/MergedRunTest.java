package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Slo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two load generators whose halves of a run are judged as one. */
class MergedRunTest {

    @TempDir
    private Path folder;

    @Test
    void samplesOfBothCountAndUsersAddUp() throws IOException {
        RunResult result = MergedRun.of(
                List.of(
                        file("a", point("llm_operations", 0, 3, ""), point("vus", 1, 4, "")),
                        file("b", point("vus", 0, 2, ""), point("llm_operations", 2, 5, ""))),
                "ai-load",
                Inspection.NONE,
                Slo.NONE);

        assertThat(result.count("llm_operations")).contains(8.0);
        assertThat(result.metric("vus")).get().isInstanceOfSatisfying(MetricSummary.Gauge.class, users -> {
            assertThat(users.max()).isEqualTo(6);
            assertThat(users.value()).isEqualTo(6);
        });
        assertThat(result.run().scenario()).isEqualTo("ai-load");
        assertThat(result.run().startedAt()).isEqualTo("2026-11-25T10:00:00Z");
        assertThat(result.run().duration()).hasSeconds(2);
    }

    @Test
    void limitsAreJudgedOverAllSamples() throws IOException {
        Map<String, List<String>> thresholds = Map.of(
                "llm_errors", List.of("rate<0.5"),
                "llm_operations{phase:after}", List.of("count>0", "count>10"),
                "llm_cost_usd", List.of("count<1"),
                "dropped", List.of("rate<0.1"));
        List<Path> both = List.of(
                file("a", point("llm_errors", 0, 1, ""), point("llm_operations", 1, 1, "after")),
                file(
                        "b",
                        point("llm_errors", 0, 0, ""),
                        point("llm_errors", 0, 0, ""),
                        point("llm_operations", 1, 4, "before")));

        RunResult result = MergedRun.of(both, "ai-load", new Inspection(null, thresholds, null), Slo.NONE);

        assertThat(result.crossed())
                .extracting(ThresholdResult::metric, ThresholdResult::expression, ThresholdResult::actual)
                .containsExactly(org.assertj.core.api.Assertions.tuple("llm_operations{phase:after}", "count>10", 1.0));
        assertThat(result.thresholds()).hasSize(5);
        assertThat(result.verdict().exitCode()).isEqualTo(99);
    }

    @Test
    void goodputIsThatOfAllRequestsTogether() throws IOException {
        RunResult result = MergedRun.of(
                List.of(
                        file("a", request(1, 2_000, "a1"), request(2, 9_000, "a2")),
                        file(
                                "b",
                                request(1, 2_000, "b1"),
                                request(3, 2_000, ""),
                                point("dropped_iterations", 4, 2, ""))),
                "ai-load",
                Inspection.NONE,
                Slo.NONE);

        Goodput goodput = Objects.requireNonNull(result.goodput());
        assertThat(goodput.scheduled()).isEqualTo(6);
        assertThat(goodput.good()).isEqualTo(3);
        assertThat(goodput.window().steady()).isFalse();
    }

    @Test
    void linesThatAreNoSamplesAreSkippedAsAPodsLogHasThem() throws IOException {
        RunResult result = MergedRun.of(
                List.of(file("a", "time=\"2026-11-25\" level=info msg=hello", point("llm_operations", 0, 1, ""))),
                "ai-load",
                Inspection.NONE,
                Slo.NONE);

        assertThat(result.count("llm_operations")).contains(1.0);
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("none.jsonl");

        assertThatThrownBy(() -> MergedRun.of(List.of(missing), "any", Inspection.NONE, Slo.NONE))
                .isInstanceOf(PerfException.class)
                .hasMessage("Cannot read " + missing + " (there is no file " + missing
                        + "): name files of samples, or folders that \"llm-perf run\" wrote.");
    }

    @Test
    void fileWithoutASampleIsRefused() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "hello\n");

        assertThatThrownBy(() -> MergedRun.of(List.of(empty), "any", Inspection.NONE, Slo.NONE))
                .isInstanceOf(PerfException.class)
                .hasMessage("There is no sample in " + empty + ": they must hold what k6 writes with --out json.");
    }

    private Path file(String name, String... lines) throws IOException {
        String metrics = """
                {"type":"Metric","metric":"llm_operations","data":{"type":"counter","contains":"default"}}
                {"type":"Metric","metric":"llm_errors","data":{"type":"rate","contains":"default"}}
                {"type":"Metric","metric":"http_req_duration","data":{"type":"trend","contains":"time"}}
                {"type":"Metric","metric":"dropped_iterations","data":{"type":"counter","contains":"default"}}
                {"type":"Metric","metric":"vus","data":{"type":"gauge","contains":"default"}}
                """;
        return Files.writeString(folder.resolve(name + ".jsonl"), metrics + String.join("\n", lines) + "\n");
    }

    private static String request(int second, double millis, String traceId) {
        String metadata = traceId.isEmpty() ? "{}" : "{\"trace_id\":\"" + traceId + "\"}";
        return point("http_req_duration", second, millis, "")
                .replace(
                        "\"tags\":{}",
                        "\"tags\":{\"operation_type\":\"llm\",\"status\":\"200\"},\"metadata\":" + metadata);
    }

    private static String point(String metric, int second, double value, String phase) {
        String tags = phase.isEmpty() ? "{}" : "{\"phase\":\"" + phase + "\"}";
        return "{\"type\":\"Point\",\"metric\":\"%s\",\"data\":{\"time\":\"2026-11-25T10:00:0%dZ\",\"value\":%s,\"tags\":%s}}"
                .formatted(metric, second, value, tags);
    }
}
