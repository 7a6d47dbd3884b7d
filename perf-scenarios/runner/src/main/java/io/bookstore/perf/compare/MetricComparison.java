package io.bookstore.perf.compare;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A metric of a comparison. A value that there is none of is null: an invalid metric has no figures, one pair no
 * interval.
 *
 * @param name      metric and statistic: {@code llm_response_time.p95}
 * @param unit      {@code ms}, {@code share} (0 to 1), {@code USD} or {@code per second}
 * @param baseline  median of the baseline's runs
 * @param candidate median of the candidate's runs
 * @param change    the change from one to the other
 * @param margin    largest change that does not matter, in percent, or in points of a share; null if the metric is shown and not
 *                  judged
 * @param visible   smallest change that this number of pairs would show in 8 of 10 comparisons, unit as the margin
 * @param verdict   null if the metric is not judged
 * @param reason    one sentence on a verdict that is INVALID or INCONCLUSIVE, or on absent figures
 * @param morePairs further pairs that would probably decide
 * @param control   the change from baseline to baseline; null without a control
 */
public record MetricComparison(
        String name,
        String unit,
        @Nullable Double baseline,
        @Nullable Double candidate,
        @Nullable Change change,
        @Nullable Double margin,
        @Nullable Double visible,
        @Nullable ComparisonVerdict verdict,
        @Nullable String reason,
        @Nullable Integer morePairs,
        @Nullable Change control) {

    /** Returns whether the metric counts for the verdict. */
    public boolean judged() {
        return margin != null;
    }

    /** Returns whether the interval excludes that nothing has changed; the margin plays no part. */
    public boolean seen() {
        return change != null && change.low() != null && change.high() != null && change.excludesNone();
    }

    /** The margin with its unit; empty if the metric is not judged. */
    public String marginText() {
        return margin == null ? "" : unit.equals("share") ? points(margin) : plain(margin) + " %";
    }

    /** The visible change with its unit; empty if nothing is known of it. */
    public String visibleText() {
        return visible == null
                ? ""
                : String.format(Locale.ROOT, "%.1f %s", visible, unit.equals("share") ? "points" : "%");
    }

    static String points(double number) {
        return plain(number) + (number == 1 ? " point" : " points");
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /**
     * A change and the interval that holds the true one in 95 of 100 comparisons.
     *
     * @param ratio true for candidate divided by baseline, false for the difference of two shares
     * @param low   null for one pair, as {@code high} is
     */
    public record Change(
            boolean ratio,
            double value,
            @Nullable Double low,
            @Nullable Double high) {

        private boolean excludesNone() {
            double none = ratio ? 1 : 0;
            return low != null && high != null && (low > none || high < none);
        }

        /** The size of the change, in percent or in points; a change to a half counts as one to the double. */
        double percent() {
            return 100 * (ratio ? Math.expm1(Math.abs(Math.log(value))) : Math.abs(value));
        }

        /** The text for a table: {@code 1.12 (1.08 to 1.16)}, {@code +0.3 points (-0.1 to +0.7)}. */
        public String text() {
            String amount = ratio ? number(value) : number(value) + " points";
            return low == null || high == null ? amount : "%s (%s to %s)".formatted(amount, number(low), number(high));
        }

        /** The text for a sentence: {@code 12.0 % higher (8.1 to 16.0 %)}. */
        String words() {
            double amount = percent(value);
            String unit = ratio ? "%" : "points";
            String words =
                    String.format(Locale.ROOT, "%.1f %s %s", Math.abs(amount), unit, amount < 0 ? "lower" : "higher");
            if (low == null || high == null) {
                return words;
            }
            return words
                    + String.format(Locale.ROOT, " (interval %+.1f to %+.1f %s)", percent(low), percent(high), unit);
        }

        private String number(double amount) {
            return ratio
                    ? String.format(Locale.ROOT, amount >= 10 ? "%.1f" : "%.3f", amount)
                    : String.format(Locale.ROOT, "%+.2f", amount * 100);
        }

        private double percent(double amount) {
            return (ratio ? amount - 1 : amount) * 100;
        }
    }
}
