package io.bookstore.perf.results.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.CheckResult;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.ErrorKind.Source;
import io.bookstore.perf.results.LlmResult;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.OperationResult;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.testing.RecordedResults;
import io.bookstore.perf.testing.SampleLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultReaderTest {

    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path folder;

    private final SampleLines lines = new SampleLines();

    @Test
    void eachMetricTypeIsFoldedInItsOwnWay() throws IOException {
        // given
        lines.metric("c", "counter", "default").metric("g", "gauge", "default");
        lines.metric("r", "rate", "default").metric("t", "trend", "time");
        lines.point("c", T0, 2).point("c", T0.plusSeconds(10), 3);
        lines.point("g", T0, 5).point("g", T0, -1).point("g", T0, 2);
        lines.point("r", T0, 1).point("r", T0, 0).point("r", T0, 1).point("r", T0, 0);
        lines.point("t", T0, 10).point("t", T0, 30);

        // when
        RunResult result = read("{}");

        // then
        assertThat(result.metrics())
                .containsExactly(
                        new MetricSummary.Counter("c", "default", 5, 0.5),
                        new MetricSummary.Gauge("g", "default", 2, -1, 5),
                        new MetricSummary.Rate("r", "default", 0.5, 2, 4),
                        new MetricSummary.Trend("t", "time", result.trend("t").orElseThrow()));
        assertThat(result.trend("t").orElseThrow().med()).isCloseTo(20, within(0.02));
    }

    @Test
    void trueInTheSummaryMeansThatTheThresholdFailed() throws IOException {
        // given
        lines.metric("t", "trend", "time").point("t", T0, 10);

        // when
        RunResult result = read("""
                {"metrics":{"t":{"avg":10.25,"thresholds":{"avg<5":true,"max<20":false}}}}
                """);

        // then
        assertThat(result.thresholds())
                .containsExactly(
                        new ThresholdResult("t", "avg<5", "avg", "<", 5, 10.25, "trend", "time", false, 1L),
                        new ThresholdResult("t", "max<20", "max", "<", 20, 10.0, "trend", "time", true, 1L));
        assertThat(result.crossed()).extracting(ThresholdResult::expression).containsExactly("avg<5");
    }

    @Test
    void limitThatNothingWasMeasuredForIsNotSaidToHaveHeldAndOneThatNothingCanCrossIsNoLimit() throws IOException {
        // given a step that never ran, and figures that the script asked for by limits that always hold
        lines.metric("t", "trend", "time").metric("c", "counter", "default");
        lines.point("t", T0, 10, "scenario=a").point("c", T0, 1, "scenario=a");

        // when
        RunResult result = read("""
                {"metrics":{"t{scenario:a}":{"max":10,"thresholds":{"p(99)<100":false,"max>=0":false}},
                            "t{scenario:b}":{"p(99)":0,"thresholds":{"p(99)<100":false}},
                            "c{scenario:b}":{"count":0,"thresholds":{"count>=0":false,"count<1":false}}}}
                """);

        // then
        assertThat(result.thresholds())
                .extracting(each -> each.metric() + " " + each.expression() + " " + each.unmeasured())
                .containsExactly(
                        "t{scenario:a} p(99)<100 false", "t{scenario:b} p(99)<100 true", "c{scenario:b} count<1 false");
        assertThat(result.thresholdsInWords()).isEqualTo("2 of 3 thresholds held, 1 not measured");
    }

    @Test
    void filteredThresholdIsMeasuredOnItsOwnSamples() throws IOException {
        // given
        lines.metric("t", "trend", "time");
        lines.point("t", T0, 10, "scenario=a").point("t", T0, 500, "scenario=b");

        // when
        RunResult result = read("""
                {"metrics":{"t{scenario:a}":{"thresholds":{"p(99)<100":false}},"t":{"thresholds":{"max<100":true}}}}
                """);

        // then
        assertThat(result.thresholds())
                .extracting(ThresholdResult::metric, ThresholdResult::actual)
                .containsExactly(tuple("t{scenario:a}", 10.0), tuple("t", 500.0));
    }

    @Test
    void sampleWithoutTheTagIsOfTheEmptyValueAsInTheEngine() throws IOException {
        // given
        lines.metric("t", "trend", "time");
        lines.point("t", T0, 10).point("t", T0, 20, "group=").point("t", T0, 500, "group=::a");

        // when
        RunResult result = read("""
                {"metrics":{"t{group:}":{"thresholds":{"min<100":false,"max<100":false}}}}
                """);

        // then
        assertThat(result.thresholds())
                .extracting(ThresholdResult::expression, ThresholdResult::actual)
                .containsExactly(tuple("min<100", 10.0), tuple("max<100", 20.0));
    }

    @Test
    void mergedRunIsJudgedAsASingleOneWhereNothingWasMeasured() throws IOException {
        // given
        lines.metric("vus", "gauge", "default").point("vus", T0, 1);

        // when
        RunResult result = ResultReader.merge(
                List.of(lines.writeTo(folder.resolve("samples.jsonl"))),
                Map.of(
                        "http_reqs", List.of("rate>1"),
                        "http_req_failed", List.of("rate>0.5"),
                        "http_req_duration", List.of("p(95)<1", "avg>0"),
                        "vus_max", List.of("value>0")),
                RecordedResults.facts(Map.of()),
                List.of());

        // then: a rate holds, all else counts as 0
        assertThat(result.crossed())
                .extracting(ThresholdResult::expression)
                .containsExactlyInAnyOrder("rate>1", "avg>0", "value>0");
    }

    @Test
    void thresholdOnAMetricWithoutSamplesHasNoActualValue() throws IOException {
        RunResult result = read("{\"metrics\":{\"t\":{\"thresholds\":{\"p(95)<100\":false}}}}");

        assertThat(result.thresholds()).singleElement().satisfies(threshold -> {
            assertThat(threshold.actual()).isNull();
            assertThat(threshold.margin()).isNull();
        });
    }

    @Test
    void failuresAreGroupedByOperationStatusAndCode() throws IOException {
        // given
        lines.metric("http_req_failed", "rate", "default");
        lines.point("http_req_failed", T0, 1, "name=summary", "status=429", "error_code=1429");
        lines.point("http_req_failed", T0, 1, "name=summary", "status=429", "error_code=1429");
        lines.point("http_req_failed", T0, 1, "name=summary", "status=0", "error_code=1050", "error=request timeout");
        lines.point("http_req_failed", T0, 1, "name=get", "status=0", "error_code=1000", "error=unexpected EOF");
        lines.point("http_req_failed", T0, 0, "name=get", "status=200");

        // when
        RunResult result = read("{}");

        // then
        assertThat(result.errors())
                .containsExactly(
                        new ErrorKind("summary", 429, 1429, "rate limited", 2, Source.REQUEST),
                        new ErrorKind("get", 0, 1000, "unexpected EOF", 1, Source.REQUEST),
                        new ErrorKind("summary", 0, 1050, "request timeout", 1, Source.REQUEST));
    }

    @Test
    void firstMessageOfAKindOfFailureIsKeptWhateverComesBetween() throws IOException {
        // given two users that fail in the same way; what an answer says comes with the samples of its check
        ResultReader reader = ResultReader.following(Map.of());
        reader.metric(new Metric("http_req_failed", MetricType.RATE, "default"));
        reader.metric(new Metric("llm_errors", MetricType.RATE, "default"));
        Map<String, String> tags = Map.of("name", "summary", "status", "429", "error_code", "1429");
        reader.sample(new Sample("http_req_failed", T0, 1, tags, Map.of("trace_id", "a")));
        reader.sample(new Sample("http_req_failed", T0, 1, tags, Map.of("trace_id", "b")));
        reader.sample(new Sample("llm_errors", T0, 1, Map.of(), said("b", "Wait for 3 s.")));
        reader.sample(new Sample("llm_errors", T0, 1, Map.of(), said("a", "Wait for 2 s.")));
        reader.sample(new Sample("llm_errors", T0, 1, Map.of(), said("a", "Another.")));

        // when
        RunResult result = reader.result(folder.resolve("none"), RecordedResults.facts(Map.of()), Verdict.of(0, null))
                .orElseThrow();

        // then
        assertThat(result.errors())
                .containsExactly(
                        new ErrorKind("summary", 429, 1429, "rate limited", 2, Source.REQUEST, "Wait for 2 s."));
    }

    private static Map<String, String> said(String traceId, String message) {
        return Map.of("trace_id", traceId, "error_message", message);
    }

    @Test
    void messageOfTheEngineIsKeptWhereItSaysMoreThanTheKind() throws IOException {
        lines.metric("http_req_failed", "rate", "default");
        lines.point("http_req_failed", T0, 1, "name=get", "status=0", "error_code=1212", "error=dial tcp: refused");

        assertThat(read("{}").errors())
                .containsExactly(
                        new ErrorKind("get", 0, 1212, "connection refused", 1, Source.REQUEST, "dial tcp: refused"));
    }

    @Test
    void namesWithoutEndAreKeptInBounds() throws IOException {
        // given
        lines.metric("http_reqs", "counter", "default").metric("http_req_failed", "rate", "default");
        for (int id = 0; id < 500; id++) {
            lines.point("http_reqs", T0, 1, "name=/books/" + id);
            lines.point("http_req_failed", T0, 1, "name=/books/" + id, "status=500");
        }

        // when
        RunResult result = read("{}");

        // then
        assertThat(result.operations()).hasSizeLessThanOrEqualTo(RequestRecorder.MAX_KINDS + 1);
        assertThat(result.operations().stream()
                        .mapToLong(OperationResult::requests)
                        .sum())
                .isEqualTo(500);
        assertThat(result.errors()).hasSizeLessThanOrEqualTo(RequestRecorder.MAX_KINDS + 1);
        assertThat(result.errors().stream().mapToLong(ErrorKind::count).sum()).isEqualTo(500);
    }

    @Test
    void checksAreCountedByGroupAndName() throws IOException {
        // given
        lines.metric("checks", "rate", "default");
        lines.point("checks", T0, 1, "check=ok", "group=::a").point("checks", T0, 0, "check=ok", "group=::a");
        lines.point("checks", T0, 1, "check=ok", "group=");

        // when
        RunResult result = read("{}");

        // then
        assertThat(result.checks())
                .containsExactly(new CheckResult("::a", "ok", 1, 1), new CheckResult("", "ok", 1, 0));
    }

    @Test
    void llmFiguresComeFromTheScriptsMetrics() {
        // given
        RunResult result = RecordedResults.passed(folder);

        // when
        LlmResult llm = result.llm().orElseThrow();

        // then
        assertThat(llm.operations()).isEqualTo(57);
        assertThat(llm.inputTokens()).isEqualTo(57 * 45);
        assertThat(llm.costPerThousandUsd()).isCloseTo(1.84, within(0.01));
        assertThat(llm.cacheHits()).as("unknown is absent, not 0").isNull();
        assertThat(result.llmRequests()).isEqualTo(60);
    }

    @Test
    void scriptWithoutLlmHasNoLlmFigures() throws IOException {
        lines.metric("http_reqs", "counter", "default").point("http_reqs", T0, 1, "name=get");

        assertThat(read("{}").llm()).isEmpty();
    }

    @Test
    void missingFilesAreAnEmptyResult() throws IOException {
        RunResult result = ResultReader.read(
                folder.resolve("none"),
                folder.resolve("none"),
                RecordedResults.facts(Map.of()),
                Verdict.of(107, "broken.js:1:1 Unexpected token."));

        assertThat(result.metrics()).isEmpty();
        assertThat(result.thresholds()).isEmpty();
        assertThat(result.series().points()).isEmpty();
        assertThat(result.verdict().partial()).isTrue();
    }

    private RunResult read(String summary) throws IOException {
        return ResultReader.read(
                lines.writeTo(folder.resolve("samples.jsonl")),
                Files.writeString(folder.resolve("k6-summary.json"), summary),
                RecordedResults.facts(Map.of()),
                Verdict.of(0, null));
    }
}
