package io.bookstore.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.testing.RecordedResults;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsAnswerTest {

    @TempDir
    private Path folder;

    @Test
    void runThatHoldsItsLimitsSaysWhatItMeasured() {
        Answer answer = LimitsAnswer.of(RecordedResults.passed(folder));

        assertThat(answer.sentence())
                .matches("Holds its limits: 60 summaries, p95 \\S+ m?s \\(limit \\S+ s\\), \\S+ % failed, \\$\\S+\\.");
        assertThat(answer.figures()).extracting(Answer.Figure::name).containsExactly("p95", "failed", "cost");
    }

    @Test
    void limitThatWasCrossedMostIsNamed() {
        RunResult result = crossing(
                threshold("llm_errors", "rate", 0.05, 0.06, "default"),
                threshold("llm_response_time", "p(95)", 8000, 16000.0, "time"),
                threshold("http_req_duration{scenario:mixed}", "p(99)", 10000, 11000.0, "time"));

        assertThat(LimitsAnswer.of(result).sentence())
                .isEqualTo("Crosses its limits: p95 of summaries is 16.0 s, limit 8 s, and 2 other limits.");
    }

    @Test
    void shareThatFailedIsSaidAsOne() {
        assertThat(LimitsAnswer.of(crossing(threshold("llm_errors", "rate", 0.05, 0.31, "default")))
                        .sentence())
                .isEqualTo("Crosses a limit: 31.0 % of summaries failed, limit 5 %.");
    }

    @Test
    void limitOfAMetricThatWasNeverMeasuredSaysSo() {
        assertThat(LimitsAnswer.of(crossing(threshold("tea_time", "avg", 5, null, "time")))
                        .sentence())
                .isEqualTo("Crosses a limit: avg of tea_time was not measured, limit 5 ms.");
    }

    @Test
    void runThatGaveNoVerdictSaysWhy() {
        RunResult broken = RecordedResults.empty(folder, 107, "broken.js:3:1 Unexpected token.");

        assertThat(LimitsAnswer.of(broken).sentence()).isEqualTo("broken.js:3:1 Unexpected token.");
        assertThat(LimitsAnswer.of(broken).figures()).isEmpty();
    }

    private RunResult crossing(ThresholdResult... crossed) {
        RunResult passed = RecordedResults.passed(folder);
        return new RunResult(
                passed.run(), Verdict.of(99, null), List.of(crossed), passed.measurements(), passed.validity());
    }

    private static ThresholdResult threshold(
            String metric, String aggregation, double limit, @Nullable Double actual, String contains) {
        return new ThresholdResult(
                metric, aggregation + "<" + limit, aggregation, "<", limit, actual, null, contains, false);
    }
}
