package io.bookstore.perf.cli;

import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.compare.ComparisonVerdict;
import io.bookstore.perf.compare.MetricComparison;
import io.bookstore.perf.progress.ProgressStyle;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
        List<List<String>> rows = new ArrayList<>();
        rows.add(ComparisonTable.COLUMNS);
        metrics.forEach(metric -> rows.add(ComparisonTable.row(metric)));
        List<Integer> widths = IntStream.range(0, ComparisonTable.COLUMNS.size())
                .mapToObj(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        out.println();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int column = 0; column < row.size(); column++) {
                String text = row.get(column);
                String gap = " ".repeat(widths.get(column) - text.length());
                // Names to the left, figures to the right.
                boolean left = column == 0 || column == row.size() - 1;
                line.append(' ').append(left ? text + gap : gap + text).append(' ');
            }
            out.println(line.toString().stripTrailing());
        }
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
