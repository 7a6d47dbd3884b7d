package io.bookstore.perf.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exact percentiles, as k6 computes them, up to {@value #EXACT_VALUES} samples; beyond that a {@link LogHistogram}, for
 * a load of 8,000 requests a second would otherwise need half a gigabyte an hour for each of its eight trends.
 */
public final class TrendSink implements Sink {
    static final int EXACT_VALUES = 200_000;

    private double[] values = new double[16];
    private boolean sorted = true;
    private @Nullable LogHistogram histogram;
    private long count;
    private double sum;
    private double min;
    private double max;

    @Override
    public void add(double value) {
        min = count == 0 ? value : Math.min(min, value);
        max = count == 0 ? value : Math.max(max, value);
        sum += value;
        if (histogram != null) {
            histogram.add(value);
        } else if (count == EXACT_VALUES) {
            histogram = new LogHistogram();
            for (double known : values) {
                histogram.add(known);
            }
            histogram.add(value);
            values = new double[0];
        } else {
            keep(value);
        }
        count++;
    }

    private void keep(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.min(EXACT_VALUES, values.length * 2));
        }
        values[(int) count] = value;
        sorted = false;
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
    private double percentile(double percentile) {
        if (count == 0) {
            return 0;
        }
        if (histogram != null) {
            return Math.min(max, Math.max(min, histogram.percentile(percentile)));
        }
        if (!sorted) {
            Arrays.sort(values, 0, (int) count);
            sorted = true;
        }
        double position = percentile / 100 * (count - 1);
        int below = (int) Math.floor(position);
        int above = (int) Math.min(count - 1, below + 1L);
        return values[below] + (values[above] - values[below]) * (position - below);
    }
}
