package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The last lines before the report: verdict, what failed, what others counted. */
final class ResultPrinter {

    private final ProgressStyle style;
    private final PrintWriter out;

    ResultPrinter(ProgressStyle style, PrintWriter out) {
        this.style = style;
        this.out = out;
    }

    void print(RunResult result) {
        out.println();
        result.problems().forEach(problem -> out.println(style.red(problem)));
        out.println(headline(result));
        for (ThresholdResult crossed : result.crossed()) {
            out.printf(
                    Locale.ROOT,
                    "  %s %s: limit %s, was %s%n",
                    style.red("crossed"),
                    crossed.metric(),
                    crossed.expression(),
                    crossed.actual() == null ? "not measured" : "%.4g".formatted(crossed.actual()));
        }
        result.errors().stream()
                .filter(error -> error.source() == ErrorKind.Source.EXCEPTION)
                .forEach(thrown ->
                        out.printf(Locale.ROOT, "  threw %,d times: %s%n", thrown.count(), thrown.description()));
        if (!result.run().fullLength()) {
            out.println("  DURATION_SCALE=" + result.run().durationScale()
                    + ": stages and think times were scaled, arrival rates not, so the figures do not speak for"
                    + " the full scenario");
        }
        result.remarks().forEach(remark -> out.println("  " + remark));
        if (result.crossCheck() != null) {
            out.println("  " + counts(result.crossCheck()));
        }
        result.slowest().stream()
                .limit(1)
                .forEach(slowest -> out.printf(
                        Locale.ROOT,
                        "  slowest request: %s, %.0f ms, trace %s%n",
                        slowest.operation(),
                        slowest.timing().endToEndMs(),
                        slowest.traceId()));
    }

    /** One line for each run of a suite, and the exit code of all together. */
    int verdict(List<RunResult> results) {
        if (results.size() == 1) {
            return results.get(0).verdict().exitCode();
        }
        out.println();
        results.forEach(result -> out.println(headline(result)));
        return combined(results);
    }

    /** The first code that is neither "passed" nor "thresholds crossed" counts most: it says that a run is not to be trusted. */
    static int combined(List<RunResult> results) {
        List<Integer> codes =
                results.stream().map(result -> result.verdict().exitCode()).toList();
        return codes.stream()
                .filter(code -> code != ExitCode.OK.value() && code != ExitCode.THRESHOLDS_CROSSED.value())
                .findFirst()
                .orElse(
                        codes.contains(ExitCode.THRESHOLDS_CROSSED.value())
                                ? ExitCode.THRESHOLDS_CROSSED.value()
                                : ExitCode.OK.value());
    }

    private String headline(RunResult result) {
        boolean passed = result.verdict().passed();
        String failure = result.verdict().invalid() ? "INVALID" : "FAILED";
        return "%s %s: %s%s, exit code %d"
                .formatted(
                        passed ? style.green("PASSED") : style.red(failure),
                        result.run().scenario(),
                        passed ? "" : result.verdict().reason() + ", ",
                        result.thresholdsInWords(),
                        result.verdict().exitCode());
    }

    private String counts(CrossCheck check) {
        StringBuilder text = new StringBuilder("LLM requests counted: engine ").append(check.engine());
        if (check.service() != null) {
            text.append(", service ").append(check.service());
        }
        if (check.simulator() != null) {
            text.append(", simulator ").append(check.simulator());
        }
        return text.toString();
    }
}
