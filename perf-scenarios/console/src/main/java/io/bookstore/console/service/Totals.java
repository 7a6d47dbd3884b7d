package io.bookstore.console.service;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The sums of all lines at a time.
 *
 * @param gauges   values as they are
 * @param counters increases since the console began to look, over restarts of the service
 * @param buckets  the same of the cumulative buckets of a histogram, by their upper bound
 */
record Totals(
        Map<LineId, Double> gauges, Map<LineId, Double> counters, Map<LineId, NavigableMap<Double, Double>> buckets) {

    private static final double PERCENTILE = 0.95;

    /** The name of a line and its chart. */
    record LineId(String chart, String name) {}

    Totals {
        gauges = Map.copyOf(gauges);
        counters = Map.copyOf(counters);
        Map<LineId, NavigableMap<Double, Double>> copies = new HashMap<>();
        buckets.forEach((line, counts) -> copies.put(line, new TreeMap<>(counts)));
        buckets = copies;
    }

    /** The values of the lines since an earlier time; a line without one, such as the percentile of nothing, is absent. */
    Map<LineId, Double> since(Totals earlier, double seconds) {
        Map<LineId, Double> values = new HashMap<>(gauges);
        counters.forEach((line, sum) -> values.put(line, (sum - earlier.counters.getOrDefault(line, 0.0)) / seconds));
        buckets.forEach((line, counts) -> {
            NavigableMap<Double, Double> before = earlier.buckets.getOrDefault(line, new TreeMap<>());
            NavigableMap<Double, Double> increases = new TreeMap<>();
            counts.forEach((bound, count) -> increases.put(bound, count - before.getOrDefault(bound, 0.0)));
            double percentile = percentile(increases);
            if (!Double.isNaN(percentile)) {
                values.put(line, percentile);
            }
        });
        return values;
    }

    /** The percentile as Prometheus guesses it, on a straight line within its bucket; not a number if nothing was counted. */
    private static double percentile(NavigableMap<Double, Double> cumulative) {
        double all = cumulative.isEmpty() ? 0 : cumulative.lastEntry().getValue();
        double rank = PERCENTILE * all;
        double lowerBound = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : cumulative.entrySet()) {
            double bound = bucket.getKey();
            double count = bucket.getValue();
            if (count >= rank && count > below) {
                // Beyond the last bound nothing is known but that bound.
                return Double.isInfinite(bound)
                        ? lowerBound
                        : lowerBound + (bound - lowerBound) * (rank - below) / (count - below);
            }
            lowerBound = bound;
            below = count;
        }
        return Double.NaN;
    }
}
