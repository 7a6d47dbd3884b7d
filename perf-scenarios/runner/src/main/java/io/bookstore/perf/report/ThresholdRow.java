package io.bookstore.perf.report;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.results.ThresholdResult;
import java.util.Locale;

/**
 * A threshold as a row of the table.
 *
 * @param formula   the way the metric comes about; empty for a script's own
 * @param condition the condition that must hold: {@code p(95) < 8 s}
 * @param indication the samples behind it, if they are too few for the percentile; empty otherwise
 * @param unmeasured true if nothing was measured, so that "held" would say too much
 * @param used      percentage of the limit that was used, for the bar; below 0 for no bar
 */
public record ThresholdRow(
        String metric,
        String formula,
        String condition,
        String limit,
        String actual,
        String margin,
        String indication,
        int used,
        boolean passed,
        boolean unmeasured) {

    static ThresholdRow of(ThresholdResult threshold) {
        Double actual = threshold.actual();
        Double margin = threshold.margin();
        return new ThresholdRow(
                threshold.metric(),
                Formula.of(threshold.metric()),
                threshold.aggregation(),
                sign(threshold.operator()) + " " + Quantity.exact(value(threshold, threshold.limit())),
                actual == null ? Quantity.NONE : value(threshold, actual),
                margin == null ? Quantity.NONE : margin(margin),
                indication(threshold),
                used(threshold),
                threshold.passed(),
                threshold.unmeasured());
    }

    private static String indication(ThresholdResult threshold) {
        Long samples = threshold.samples();
        return samples == null || !threshold.indicative()
                ? ""
                : "indicative: %s of %s samples"
                        .formatted(Quantity.count(samples), Quantity.count(threshold.samplesNeeded()));
    }

    private static String value(ThresholdResult threshold, double value) {
        return "rate".equals(threshold.type()) ? Quantity.percent(value) : Quantity.of(value, threshold.contains());
    }

    private static String sign(String operator) {
        return switch (operator) {
            case "<=" -> "≤";
            case ">=" -> "≥";
            case "==", "===" -> "=";
            case "!=" -> "≠";
            default -> operator;
        };
    }

    private static String margin(double margin) {
        // Ten times a limit and more is better said as a factor of "far".
        return Math.abs(margin) >= 10
                ? (margin > 0 ? "> +1,000 %" : "< −1,000 %")
                : String.format(Locale.ROOT, "%+.0f %%", margin * 100).replace('-', '−');
    }

    private static int used(ThresholdResult threshold) {
        Double actual = threshold.actual();
        boolean upper = threshold.operator().startsWith("<");
        if (actual == null || threshold.limit() <= 0 || !upper) {
            return -1;
        }
        return (int) Math.round(Math.min(100, Math.max(0, actual / threshold.limit() * 100)));
    }
}
