package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.results.ErrorKind;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code summary.md}: verdict, limits, latencies and errors of a run for a pull request or the page of a CI job. */
public final class MarkdownSummary {

    public static final String NAME = "summary.md";

    private static final int MOST_ERRORS = 10;

    private MarkdownSummary() {}

    public static void write(RunResult result, Path file) throws IOException {
        WholeFile.write(file, beside -> Files.writeString(beside, of(result)));
    }

    static String of(RunResult result) {
        ReportPage page = new ReportPage(result, null, null);
        return head(page) + thresholds(page) + latencies(page) + errors(result) + notes(page);
    }

    private static String head(ReportPage page) {
        return "**%s** %s on %s, %s. %s\n"
                .formatted(
                        page.verdict(),
                        Markdown.escaped(page.result().run().scenario()),
                        Markdown.escaped(page.target()),
                        Markdown.escaped(page.verdictDetail()),
                        Markdown.escaped(page.answer().sentence()));
    }

    private static String thresholds(ReportPage page) {
        if (page.thresholds().isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("\n| Limit of | Is | Actual | Margin | |\n|---|--:|--:|--:|---|\n");
        for (ThresholdRow row : page.thresholds()) {
            table.append(Markdown.row(List.of(
                    row.metric() + " " + row.condition(), row.limit(), row.actual(), row.margin(), outcome(row))));
        }
        return table.toString();
    }

    private static String outcome(ThresholdRow row) {
        String outcome = row.unmeasured() ? "not measured" : row.passed() ? "✓ held" : "✗ crossed";
        return row.indication().isEmpty() ? outcome : outcome + ", " + row.indication();
    }

    private static String latencies(ReportPage page) {
        if (page.latencies().isEmpty()) {
            return "";
        }
        StringBuilder table =
                new StringBuilder("\n| Time | Count | Median | p95 | p99 | Max |\n|---|--:|--:|--:|--:|--:|\n");
        for (LatencyRow row : page.latencies()) {
            table.append(Markdown.row(List.of(
                    row.metric(),
                    Quantity.count(row.values().count()),
                    Quantity.milliseconds(row.values().med()),
                    Quantity.milliseconds(row.values().p95()),
                    Quantity.milliseconds(row.values().p99()),
                    Quantity.milliseconds(row.values().max()))));
        }
        return table.toString();
    }

    private static String errors(RunResult result) {
        return Markdown.list(result.errors().stream()
                .limit(MOST_ERRORS)
                .map(MarkdownSummary::sentence)
                .toList());
    }

    private static String sentence(ErrorKind error) {
        String failed = switch (error.source()) {
            case REQUEST -> "";
            case CHECK -> "failed check ";
            case EXCEPTION -> "exception ";
        };
        return Quantity.count(error.count()) + " × " + failed + error.description()
                + (error.operation().isEmpty() ? "" : " in " + error.operation())
                + (error.status() == 0 ? "" : " (HTTP " + error.status() + ")")
                + (error.example() == null ? "" : ": " + error.example());
    }

    private static String notes(ReportPage page) {
        return Markdown.list(page.notes().stream().map(ReportPage.Note::text).toList());
    }
}
