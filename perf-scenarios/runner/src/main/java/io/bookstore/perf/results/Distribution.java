package io.bookstore.perf.results;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.TrendSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A trend as a percentile curve and a histogram: at most some hundred numbers, however many samples it has.
 *
 * @param percentiles rising, as far as a sample lies beyond; the last one is 100
 * @param bins        side by side, equally wide and up to the 99th percentile, so that single stalls do not make them coarse
 * @param beyond      the samples above the last bin; null if there are none
 */
public record Distribution(
        List<Percentile> percentiles,
        List<Bin> bins,
        @Nullable Bin beyond) {

    private static final Set<String> RESPONSE_TIMES =
            Set.of(MetricNames.LLM_RESPONSE_TIME, MetricNames.CRUD_RESPONSE_TIME, MetricNames.HTTP_REQ_DURATION);

    private static final int MOST_BINS = 40;

    /** Percentiles in thousandths: each step is kept up to the next bound, for the tail is what a reader looks for. */
    private static final int[][] STEPS = {
        {90_000, 5_000}, {99_000, 1_000}, {99_900, 100}, {99_990, 10}, {100_000, 1},
    };

    public Distribution {
        percentiles = List.copyOf(percentiles);
        bins = List.copyOf(bins);
    }

    /** @param value in the unit of the metric */
    public record Percentile(double percent, double value) {}

    /** Samples above {@code from} and up to {@code to}; those at {@code from} are in the first bin only. */
    public record Bin(double from, double to, long count) {}

    /** The distribution of a response time; null for another metric, and without a sample. */
    static @Nullable Distribution ofResponses(String metric, TrendSink trend) {
        return RESPONSE_TIMES.contains(metric) && !trend.empty() ? of(trend) : null;
    }

    static Distribution of(TrendSink trend) {
        List<Bin> bins = binsOf(trend);
        double edge = bins.get(bins.size() - 1).to();
        long above = trend.count() - trend.atMost(edge);
        Bin beyond = above == 0 ? null : new Bin(edge, rounded(trend.percentile(100)), above);
        return new Distribution(percentilesOf(trend), bins, beyond);
    }

    private static List<Percentile> percentilesOf(TrendSink trend) {
        List<Percentile> percentiles = new ArrayList<>();
        double last = 100_000 * (1 - 1.0 / trend.count());
        int percent = 0;
        for (int[] step : STEPS) {
            for (; percent < step[0] && percent <= last; percent += step[1]) {
                percentiles.add(percentile(trend, percent / 1000.0));
            }
        }
        percentiles.add(percentile(trend, 100));
        return percentiles;
    }

    private static Percentile percentile(TrendSink trend, double percent) {
        return new Percentile(percent, rounded(trend.percentile(percent)));
    }

    private static List<Bin> binsOf(TrendSink trend) {
        double min = trend.percentile(0);
        double top = trend.percentile(99);
        double width = width(top > min ? top - min : Math.max(1, Math.abs(min)));
        long first = (long) Math.floor(min / width);
        long last = Math.max(first + 1, (long) Math.ceil(top / width));
        List<Bin> bins = new ArrayList<>();
        long before = 0;
        for (long edge = first + 1; edge <= last; edge++) {
            double to = rounded(edge * width);
            long upTo = trend.atMost(to);
            bins.add(new Bin(rounded((edge - 1) * width), to, upTo - before));
            before = upTo;
        }
        return bins;
    }

    /** A 1, 2 or 5 with zeros, so that the edges are numbers that a person would choose. */
    private static double width(double span) {
        double least = span / (MOST_BINS - 2);
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
