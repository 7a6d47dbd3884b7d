package io.bookstore.perf.cli.run;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.Quantity;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.answer.Section;
import io.bookstore.perf.cli.terminal.LatencyTable;
import io.bookstore.perf.cli.terminal.Lines;
import io.bookstore.perf.cli.terminal.TextTable;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.report.GoodputSection;
import io.bookstore.perf.report.LimitsAnswer;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The last lines before the report: verdict, what failed, what others counted, latencies, and the answer. */
final class ResultPrinter {

    /** k6's own summary has it, from 1.0 on, and so has the embedded engine's. */
    private static final String K6_HEADING = "█ TOTAL RESULTS";

    private final ProgressStyle style;
    private final PrintWriter out;

    ResultPrinter(ProgressStyle style, PrintWriter out) {
        this.style = style;
        this.out = out;
    }

    /**
     * Prints the result, after what the script printed at its end.
     *
     * @param verbose also what the answer says as well: k6's own summary, and the text of a script that has an answer
     */
    void print(List<String> texts, boolean verbose, RunResult result) {
        texts.stream()
                .filter(text -> verbose || !(answered(result) || isOfK6(text)))
                .forEach(out::println);
        print(result);
    }

    private static boolean answered(RunResult result) {
        return result.answer() != null && !result.answer().sections().isEmpty();
    }

    private static boolean isOfK6(String text) {
        return text.contains(K6_HEADING);
    }

    /** Prints the last lines before the report's path: latency, tables, and the answer in a sentence with its figures. */
    private void printAnswer(RunResult result) {
        Answer answer = LimitsAnswer.of(result);
        LatencyTable.of(result).ifPresent(table -> {
            out.println();
            table.lines().forEach(line -> out.println("  " + line));
        });
        answer.sections().stream()
                .filter(Section.Table.class::isInstance)
                .map(Section.Table.class::cast)
                .forEach(this::printTable);
        out.println();
        if (answer.note() != null) {
            Lines.of("note " + answer.note()).forEach(out::println);
        }
        if (result.verdict().partial() && !result.metrics().isEmpty()) {
            out.println("note The run did not go to its end: this describes a part of the plan.");
        }
        Lines.of(answer.sentence()).forEach(line -> out.println(style.bold(line)));
        printFigures(answer.figures().stream()
                .map(figure -> figure.name() + ": " + plain(Quantity.in(figure.unit(), figure.value())))
                .toList());
        if (result.goodput() != null) {
            printIndented(plain(GoodputSection.line(result.goodput())));
        }
    }

    /** In one line, or each in its own where that is too long. */
    private void printFigures(List<String> figures) {
        String line = String.join("   ", figures);
        (Lines.fits(line) ? List.of(line) : figures)
                .stream().filter(each -> !each.isEmpty()).forEach(each -> out.println("  " + each));
    }

    private void printIndented(String sentence) {
        Lines.of(sentence).forEach(line -> out.println("  " + line));
    }

    private void printTable(Section.Table table) {
        out.println();
        out.println("  " + style.bold(table.title()));
        List<String> heads = new ArrayList<>();
        table.columns()
                .forEach(column -> heads.add(column.label()
                        + (column.unit().isEmpty() || Quantity.knows(column.unit()) ? "" : " " + column.unit())));
        TextTable text = new TextTable(heads);
        for (List<@Nullable Object> row : table.rows()) {
            List<String> cells = new ArrayList<>();
            for (int index = 0; index < row.size(); index++) {
                cells.add(cell(table.columns().get(index).unit(), row.get(index)));
            }
            text.add(cells);
        }
        text.lines().forEach(line -> out.println("  " + line));
    }

    private static String measured(ThresholdResult threshold) {
        Double actual = threshold.actual();
        if (actual == null) {
            return "not measured";
        }
        return plain(
                threshold.aggregation().equals("rate")
                        ? Quantity.percent(actual)
                        : Quantity.of(actual, threshold.contains()));
    }

    private static String cell(String unit, @Nullable Object value) {
        if (value instanceof Number number) {
            double amount = number.doubleValue();
            return plain(Quantity.knows(unit) ? Quantity.in(unit, amount) : Quantity.count(amount));
        }
        return value == null ? "-" : String.valueOf(value);
    }

    /** A dash that every terminal has. */
    private static String plain(String quantity) {
        return quantity.replace("–", "-");
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
                    measured(crossed));
        }
        result.errors().stream()
                .filter(error -> error.source() == ErrorKind.Source.EXCEPTION)
                .forEach(thrown ->
                        out.printf(Locale.ROOT, "  threw %,d times: %s%n", thrown.count(), thrown.description()));
        if (!result.run().fullLength()) {
            printIndented("DURATION_SCALE=" + result.run().durationScale()
                    + ": stages and think times were scaled, arrival rates not, so the figures do not speak for"
                    + " the full scenario");
        }
        result.remarks().forEach(this::printIndented);
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
        printAnswer(result);
    }

    /** Prints a line for each run of a suite, and returns the exit code of all together. */
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
