package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.compare.ComparisonVerdict;
import io.bookstore.perf.compare.MetricComparison;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The figures of a comparison as texts, a row for each metric. */
public final class ComparisonTable {

    public static final List<String> COLUMNS =
            List.of("Metric", "Baseline", "Candidate", "Ratio (95 % interval)", "Margin", "Visible from", "Verdict");

    private ComparisonTable() {}

    public static List<String> row(MetricComparison metric) {
        MetricComparison.Change change = metric.change();
        return List.of(
                metric.name(),
                quantity(metric.unit(), metric.baseline()),
                quantity(metric.unit(), metric.candidate()),
                change == null ? "" : change.text(),
                metric.marginText(),
                metric.visibleText(),
                verdict(metric));
    }

    /** The reasons that a judged metric has for its verdict; JSON has those of the others too. */
    public static List<String> reasons(List<MetricComparison> metrics) {
        return metrics.stream()
                .filter(metric -> metric.judged() && metric.reason() != null)
                .map(metric -> metric.name() + ": " + metric.reason())
                .toList();
    }

    /** The reasons of the verdicts, and the notes of the comparison. */
    public static List<String> remarks(Comparison comparison) {
        return Stream.concat(reasons(comparison.metrics()).stream(), comparison.notes().stream())
                .toList();
    }

    /** Returns whether a column holds figures. */
    public static boolean isNumeric(int column) {
        return column > 0 && column < COLUMNS.size() - 1;
    }

    private static String verdict(MetricComparison metric) {
        ComparisonVerdict verdict = metric.verdict();
        return verdict == null ? "not judged" : verdict.name();
    }

    private static String quantity(String unit, @Nullable Double value) {
        if (value == null) {
            return "";
        }
        return switch (unit) {
            case "ms" -> Quantity.milliseconds(value);
            case "share" -> Quantity.percent(value);
            case "USD" -> Quantity.usd(value);
            default -> Quantity.count(value) + " / s";
        };
    }
}
