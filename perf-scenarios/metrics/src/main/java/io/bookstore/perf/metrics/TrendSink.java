package io.bookstore.perf.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exact percentiles, as k6 computes them, of the first samples; beyond that they come from a histogram and are close to it,
 * for a load of 8,000 requests a second would otherwise need half a gigabyte an hour for each of its eight trends. Minimum,
 * average and maximum are always exact. Not thread-safe.
 */
public final class TrendSink implements Sink {
    static final int EXACT_VALUES = 200_000;

    private final int exactValues;
    private final double growth;
    private double[] values = new double[16];
    private boolean sorted = true;
    private @Nullable LogHistogram histogram;
    private long count;
    private double sum;
    private double min;
    private double max;

    private TrendSink(int exactValues, double growth) {
        this.exactValues = exactValues;
        this.growth = growth;
    }

    /** The sink of a metric: exact up to {@value #EXACT_VALUES} samples, within 0.05 % beyond. */
    public static TrendSink exact() {
        return new TrendSink(EXACT_VALUES, 1.001);
    }

    /** A sink for each of a hundred operations: exact up to 10,000 samples, within 0.05 % beyond. */
    public static TrendSink small() {
        return new TrendSink(10_000, 1.001);
    }

    /** A sink for each of a run's many intervals: exact up to 128 samples, within 0.5 % beyond. */
    public static TrendSink tiny() {
        return new TrendSink(128, 1.01);
    }

    @Override
    public void add(double value) {
        min = count == 0 ? value : Math.min(min, value);
        max = count == 0 ? value : Math.max(max, value);
        sum += value;
        if (histogram == null && count < exactValues) {
            keep(value);
        } else {
            histogram().add(value);
        }
        count++;
    }

    /** @param other was made by the same method as this one */
    public void add(TrendSink other) {
        if (other.histogram == null) {
            for (int i = 0; i < other.count; i++) {
                add(other.values[i]);
            }
            return;
        }
        histogram().add(other.histogram);
        min = count == 0 ? other.min : Math.min(min, other.min);
        max = count == 0 ? other.max : Math.max(max, other.max);
        sum += other.sum;
        count += other.count;
    }

    private LogHistogram histogram() {
        if (histogram == null) {
            histogram = new LogHistogram(growth);
            for (int i = 0; i < count; i++) {
                histogram.add(values[i]);
            }
            values = new double[0];
        }
        return histogram;
    }

    private void keep(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.min(exactValues, values.length * 2));
        }
        values[(int) count] = value;
        sorted = false;
    }

    /** The number of samples. */
    public long count() {
        return count;
    }

    @Override
    public boolean empty() {
        return count == 0;
    }

    @Override
    public double aggregate(Aggregation aggregation, double seconds) {
        return switch (aggregation.name()) {
            case "avg" -> count == 0 ? 0 : sum / count;
            case "min" -> min;
            case "max" -> max;
            case "count" -> count;
            default -> percentile(aggregation.percentile());
        };
    }

    @Override
    public Map<String, Double> values(List<String> trendStats, double seconds) {
        Map<String, Double> result = new LinkedHashMap<>();
        for (String stat : trendStats) {
            Aggregation.parse(stat).ifPresent(aggregation -> result.put(stat, aggregate(aggregation, seconds)));
        }
        return result;
    }

    /** Position {@code percentile / 100 * (n - 1)} of the sorted samples, interpolated between its neighbours. */
    public double percentile(double percentile) {
        if (count == 0) {
            return 0;
        }
        if (histogram != null) {
            return Math.min(max, Math.max(min, histogram.percentile(percentile)));
        }
        sort();
        double position = percentile / 100 * (count - 1);
        int below = (int) Math.floor(position);
        int above = (int) Math.min(count - 1, below + 1L);
        return values[below] + (values[above] - values[below]) * (position - below);
    }

    /** The number of samples that are not above this value; in a histogram those of its bucket count by the bucket's middle. */
    public long atMost(double value) {
        if (value >= max || value < min) {
            return value >= max ? count : 0;
        }
        if (histogram != null) {
            return histogram.atMost(value);
        }
        sort();
        int above = 0;
        for (int high = (int) count; above < high; ) {
            int middle = (above + high) >>> 1;
            if (values[middle] > value) {
                high = middle;
            } else {
                above = middle + 1;
            }
        }
        return above;
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(values, 0, (int) count);
            sorted = true;
        }
    }
}
