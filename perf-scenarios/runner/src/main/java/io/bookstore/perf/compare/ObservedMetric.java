package io.bookstore.perf.compare;

import io.bookstore.perf.Quantity;
import io.bookstore.perf.compare.ComparedMetric.Unit;
import io.bookstore.perf.compare.MetricComparison.Change;
import io.bookstore.perf.compare.PairedChange.Interval;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/**
 * A metric in all pairs.
 *
 * @param problem the reason why it cannot be compared; null if it can, and then {@code change} is not
 * @param margin  on the scale of the differences
 */
record ObservedMetric(
        ComparedMetric metric,
        List<Double> baseline,
        List<Double> candidate,
        @Nullable PairedChange measured,
        @Nullable PairedChange control,
        double margin,
        @Nullable String problem) {

    boolean judged() {
        return metric.margin() != null && problem == null;
    }

    PairedChange change() {
        return Objects.requireNonNull(measured, metric.name());
    }

    MetricComparison unjudged() {
        boolean invalid = problem != null && metric.margin() != null;
        return row(invalid ? ComparisonVerdict.INVALID : null, problem, null);
    }

    MetricComparison with(ComparisonVerdict verdict, @Nullable String reason) {
        return row(verdict, reason, null);
    }

    MetricComparison inconclusive(@Nullable String reason, OptionalInt more) {
        String words = more.isPresent()
                ? "needs about " + Quantity.count(more.getAsInt(), "more pair")
                : "the change is about as large as the margin, which a thousand pairs would not settle";
        return row(
                ComparisonVerdict.INCONCLUSIVE,
                reason == null ? capital(words) + "." : reason.replaceFirst("\\.$", "; " + words + "."),
                more.isPresent() ? more.getAsInt() : null);
    }

    private static String capital(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private MetricComparison row(@Nullable ComparisonVerdict verdict, @Nullable String reason, @Nullable Integer more) {
        return new MetricComparison(
                metric.name(),
                unit(),
                baseline.isEmpty() ? null : median(baseline),
                candidate.isEmpty() ? null : median(candidate),
                shown(measured),
                metric.margin() == null ? null : shownMargin(metric.margin()),
                visible(),
                verdict,
                reason,
                more,
                shown(control));
    }

    static double median(List<Double> values) {
        return Median.withDefaults()
                .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private String unit() {
        return switch (metric.unit()) {
            case MILLISECONDS -> "ms";
            case SHARE -> "share";
            case USD -> "USD";
            case PER_SECOND -> "per second";
        };
    }

    private @Nullable Change shown(@Nullable PairedChange change) {
        if (change == null) {
            return null;
        }
        Interval interval = change.interval();
        boolean bounded = change.pairs() > 1;
        boolean ratio = metric.unit() != Unit.SHARE;
        return new Change(
                ratio,
                ratio ? Math.exp(change.mean()) : change.mean(),
                !bounded ? null : ratio ? (Double) Math.exp(interval.low()) : (Double) interval.low(),
                !bounded ? null : ratio ? (Double) Math.exp(interval.high()) : (Double) interval.high());
    }

    /** The margin that counts, which for a time may be more than the percentage. */
    private double shownMargin(double given) {
        return problem == null && metric.unit() == Unit.MILLISECONDS
                ? Math.round(Math.expm1(margin) * 1000) / 10.0
                : given;
    }

    private @Nullable Double visible() {
        if (measured == null || measured.pairs() < 2) {
            return null;
        }
        return 100 * (metric.unit() == Unit.SHARE ? measured.visible() : Math.expm1(measured.visible()));
    }
}
