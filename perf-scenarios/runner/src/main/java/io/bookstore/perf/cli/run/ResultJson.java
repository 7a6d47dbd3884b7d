package io.bookstore.perf.cli.run;

import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.report.LimitsAnswer;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.results.ThresholdResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.slo.Goodput;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that {@code llm-perf run --json} prints.
 *
 * @param exitCode exit code of all runs together
 */
record ResultJson(int exitCode, List<Run> runs) {

    static String of(Map<RunOrder, RunResult> results, int exitCode) {
        return Json.of(result(results, exitCode));
    }

    static ResultJson result(Map<RunOrder, RunResult> results, int exitCode) {
        return new ResultJson(
                exitCode,
                results.entrySet().stream()
                        .map(entry -> run(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static Run run(RunOrder order, RunResult result) {
        return new Run(
                order.name(),
                result.run().engine(),
                result.verdict().passed(),
                result.verdict().exitCode(),
                result.verdict().reason(),
                result.verdict().problem(),
                LimitsAnswer.of(result).sentence(),
                result.verdict().partial(),
                goodput(result.goodput()),
                result.thresholds().stream().map(ResultJson::threshold).toList(),
                order.output().resolve(SummaryFile.NAME).toString(),
                order.output().resolve(HtmlReport.NAME).toString());
    }

    private static @Nullable GoodputOfRun goodput(@Nullable Goodput goodput) {
        return goodput == null
                ? null
                : new GoodputOfRun(
                        goodput.share(),
                        goodput.scheduled(),
                        goodput.good(),
                        goodput.window().steady(),
                        SloText.of(Slo.of(goodput)));
    }

    private static Threshold threshold(ThresholdResult threshold) {
        return new Threshold(threshold.metric(), threshold.expression(), threshold.actual(), threshold.passed());
    }

    record Run(
            String scenario,
            String engine,
            boolean passed,
            int exitCode,
            String reason,
            @Nullable String problem,
            String sentence,
            boolean partial,
            @Nullable GoodputOfRun goodput,
            List<Threshold> thresholds,
            String summary,
            String report) {}

    /**
     * @param share  null if no answer told anything to judge it by
     * @param steady false if the run had no steady window and is judged as a whole
     * @param slo    the limits, as {@code --slo} takes them
     */
    record GoodputOfRun(@Nullable Double share, long scheduled, long good, boolean steady, String slo) {}

    record Threshold(
            String metric, String expression, @Nullable Double actual, boolean passed) {}
}
