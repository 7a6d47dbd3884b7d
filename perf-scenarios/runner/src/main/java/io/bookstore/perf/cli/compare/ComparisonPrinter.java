package io.bookstore.perf.cli.compare;

import io.bookstore.perf.cli.terminal.TextTable;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.compare.ComparisonVerdict;
import io.bookstore.perf.compare.MetricComparison;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.report.ComparisonTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

/** A comparison on a terminal: the verdict first, then the table, then what a reader should know. */
final class ComparisonPrinter {

    private final ProgressStyle style;
    private final PrintWriter out;

    ComparisonPrinter(ProgressStyle style, PrintWriter out) {
        this.style = style;
        this.out = out;
    }

    void print(Comparison comparison) {
        String name = comparison.verdict().name();
        out.println(coloured(comparison.verdict(), name) + comparison.sentence().substring(name.length()));
        if (comparison.grown() != null) {
            out.println("  " + comparison.grown().sentence());
        }
        comparison.refusals().forEach(refusal -> out.println("  " + refusal));
        if (!comparison.metrics().isEmpty()) {
            printTable(comparison.metrics());
        }
        comparison.notes().forEach(note -> out.println("note " + note));
    }

    private void printTable(List<MetricComparison> metrics) {
        TextTable table = new TextTable(ComparisonTable.COLUMNS, Set.of(0, ComparisonTable.COLUMNS.size() - 1));
        metrics.forEach(metric -> table.add(ComparisonTable.row(metric)));
        out.println();
        table.lines().forEach(line -> out.println("  " + line));
        out.println();
        ComparisonTable.reasons(metrics).forEach(reason -> out.println("  " + reason));
    }

    private String coloured(ComparisonVerdict verdict, String text) {
        return switch (verdict) {
            case WORSE, INVALID -> style.red(text);
            case BETTER, SAME -> style.green(text);
            case INCONCLUSIVE -> style.bold(text);
        };
    }
}
