package io.bookstore.k6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases 20 to 27: metrics, what they come to, and the limits on them. */
@Execution(ExecutionMode.CONCURRENT)
class ThresholdConformanceTest {

    @Test
    void case20ExportTellsTheOppositeOfHandleSummary() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/20-crossed-threshold.js").run();

        assertThat(run.exitCode()).isEqualTo(99);
        assertThat(run.printed()).isEqualTo("[{\"rate>0.9\":{\"ok\":false}},{\"count==1\":{\"ok\":true}}]");
        assertThat(run.summary("checks").at("/thresholds/rate>0.9").asBoolean()).isTrue();
        assertThat(run.summary("iterations").at("/thresholds/count==1").asBoolean())
                .isFalse();
    }

    @Test
    void case20ThresholdsCanBeSwitchedOff() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/20-crossed-threshold.js")
                .processEnvironment("K6_NO_THRESHOLDS", "true")
                .run();

        assertThat(run.exitCode()).isZero();
    }

    @Test
    void case21EachThresholdSeesItsTagsOnly() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/21-sub-metrics.js").run();

        assertThat(run.exitCode()).isZero();
        assertThat(run.summary("tt{a:x}", "avg")).isEqualTo(1.5);
        assertThat(run.summary("tt{a:z}", "max")).isZero();
        assertThat(run.summary("tt", "max")).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({
        "my_rate, rate>0.5, 0",
        "http_req_failed, rate>0.9, 0",
        "checks, rate>0.9, 0",
        "my_counter, count>0, 99",
        "my_counter, count<1, 0",
        "my_trend, p(95)<1, 0",
        "my_trend, avg>0, 99",
        "my_gauge, value>0, 99"
    })
    void case22WithoutSamplesOnlyARatePasses(String metric, String expression, int exitCode) throws Exception {
        ScriptRun run = ScriptRun.of("conformance/22-no-samples.js")
                .env("METRIC", metric)
                .env("EXPRESSION", expression)
                .run();

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.summary(metric).isMissingNode()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown_one | count>0 | Threshold 'unknown_one' is for metric 'unknown_one', which is neither built in nor declared by the script.",
                "cc | p(95)<1 | Threshold 'p(95)<1' of 'cc' uses 'p(95)'; a counter metric has count and rate.",
                "tt | p95<1 | Threshold 'p95<1' of 'tt' is malformed; write it like 'p(95)<500'.",
                "tt | avg=1 | Threshold 'avg=1' of 'tt' is malformed; write it like 'p(95)<500'.",
                "tt | p(101)<1 | Threshold 'p(101)<1' of 'tt' uses 'p(101)'; a trend metric has avg, min, med, max and p(0..100).",
                "tt{a:x | avg<1 | Threshold key 'tt{a:x' is malformed; write it like 'http_req_duration{name:summary}'."
            })
    void case23BadThresholdStopsTheTestBeforeItStarts(String metric, String expression, String problem)
            throws Exception {
        ScriptRun run = ScriptRun.of("conformance/23-bad-threshold.js")
                .env("METRIC", metric)
                .env("EXPRESSION", expression)
                .run();

        assertThat(run.exitCode()).isEqualTo(104);
        if (ScriptRun.EMBEDDED) {
            assertThat(run.problem()).isEqualTo(problem);
        }
        assertThat(run.logged()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "3s, 3000"})
    void case24And25CrossedThresholdAbortsAfterItsDelay(String delay, double delayMillis) throws Exception {
        ScriptRun run = ScriptRun.of("conformance/24-abort-on-fail.js")
                .env("DELAY", delay)
                .run();

        assertThat(run.exitCode()).isEqualTo(99);
        if (ScriptRun.EMBEDDED) {
            assertThat(run.problem())
                    .matches("Stopped after \\d+ s: threshold 'rate>0.9' of checks was crossed and has abortOnFail\\.");
        }
        assertThat(run.logged()).containsExactly("teardown");
        // The script asks for 240 s.
        assertThat(run.printedJson().path("ms").asDouble()).isBetween(delayMillis, 239_000.0);
    }

    @Test
    void case26PercentilesAreInterpolated() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/26-percentiles.js").run();

        assertThat(run.summary("squares", "avg")).isEqualTo(38.5);
        assertThat(run.summary("squares", "med")).isEqualTo(30.5);
        assertThat(run.summary("squares", "p(25)")).isEqualTo(10.75);
        assertThat(run.summary("squares", "p(90)")).isCloseTo(82.9, within(1e-9));
        assertThat(run.summary("squares", "p(99.9)")).isCloseTo(99.829, within(1e-9));
        assertThat(run.summary("squares", "count")).isEqualTo(10);
    }

    @Test
    void case27MetricsOfEachTypeAddUp() throws Exception {
        ScriptRun run = ScriptRun.of("conformance/27-metric-types.js").run();

        double seconds = run.printedJson().path("ms").asDouble() / 1000;
        assertThat(seconds).isGreaterThan(1.0);
        assertThat(run.printedJson().at("/cc/count").asDouble()).isEqualTo(5);
        assertThat(run.printedJson().at("/cc/rate").asDouble()).isCloseTo(5 / seconds, within(1e-6));
        assertThat(run.summary("rr", "value")).isEqualTo(0.5);
        assertThat(run.summary("rr", "passes")).isEqualTo(2);
        assertThat(run.summary("rr", "fails")).isEqualTo(2);
        assertThat(run.summary("gg", "value")).isEqualTo(2);
        assertThat(run.summary("gg", "min")).isEqualTo(-1);
        assertThat(run.summary("gg", "max")).isEqualTo(5);
    }
}
