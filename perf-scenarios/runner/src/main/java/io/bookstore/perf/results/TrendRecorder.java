package io.bookstore.perf.results;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Folds values into a distribution of bounded size. Negative values count as 0 in percentiles, as themselves in the rest. */
final class TrendRecorder {

    // Histograms hold integers: a thousandth of the metric's unit, so microseconds for times.
    private static final double UNITS_PER_VALUE = 1000;

    // A histogram throws beyond half of the largest long.
    private static final long LARGEST = Long.MAX_VALUE / 4;

    private final AbstractHistogram histogram;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    private TrendRecorder(int significantDigits) {
        histogram = new Histogram(significantDigits);
    }

    static TrendRecorder precise() {
        return new TrendRecorder(3);
    }

    /** Makes a recorder for the many intervals of a series, with a tenth of the memory. */
    static TrendRecorder compact() {
        return new TrendRecorder(2);
    }

    void add(double value) {
        histogram.recordValue(Math.min(LARGEST, Math.max(0, Math.round(value * UNITS_PER_VALUE))));
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    void add(TrendRecorder other) {
        histogram.add(other.histogram);
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    long count() {
        return histogram.getTotalCount();
    }

    double min() {
        return count() == 0 ? 0 : min;
    }

    double max() {
        return count() == 0 ? 0 : max;
    }

    double average() {
        return count() == 0 ? 0 : sum / count();
    }

    /**
     * The percentile as k6 defines it: linear interpolation at position {@code percentile/100 * (n-1)} of the sorted values. The
     * histogram's own percentile takes the next recorded value, which for ten samples is far from what k6 prints.
     */
    double percentile(double percentile) {
        long count = count();
        if (count == 0) {
            return 0;
        }
        double position = percentile / 100 * (count - 1);
        long lower = (long) Math.floor(position);
        double below = valueAtRank(lower);
        double fraction = position - lower;
        double value = fraction == 0 ? below : below + fraction * (valueAtRank(lower + 1) - below);
        return Math.min(max, Math.max(min, value));
    }

    TrendStatistics statistics() {
        return new TrendStatistics(
                count(), min(), average(), percentile(50), percentile(90), percentile(95), percentile(99), max());
    }

    private double valueAtRank(long rank) {
        for (HistogramIterationValue step : histogram.recordedValues()) {
            if (step.getTotalCountToThisValue() > rank) {
                return histogram.medianEquivalentValue(step.getValueIteratedTo()) / UNITS_PER_VALUE;
            }
        }
        return max;
    }
}
