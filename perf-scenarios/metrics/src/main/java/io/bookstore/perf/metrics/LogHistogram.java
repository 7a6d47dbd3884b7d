package io.bookstore.perf.metrics;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts values in buckets whose bounds grow by 0.1 %, so that a percentile is off by at most 0.05 %; any sign, any
 * magnitude, memory bound by the spread of the values and not by their number.
 */
final class LogHistogram {
    private static final double LOG_GROWTH = Math.log(1.001);
    /** Below this, values count as zero: a picosecond if they are milliseconds. */
    private static final double SMALLEST = 1e-9;

    private final TreeMap<Integer, long[]> buckets = new TreeMap<>();
    private long count;

    void add(double value) {
        buckets.computeIfAbsent(bucket(value), key -> new long[1])[0]++;
        count++;
    }

    double percentile(double percentile) {
        double rank = percentile / 100 * (count - 1);
        long seen = 0;
        for (Map.Entry<Integer, long[]> bucket : buckets.entrySet()) {
            seen += bucket.getValue()[0];
            if (seen > rank) {
                return middle(bucket.getKey());
            }
        }
        return 0;
    }

    private static int bucket(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < SMALLEST) {
            return 0;
        }
        int index = 1 + (int) Math.floor(Math.log(magnitude / SMALLEST) / LOG_GROWTH);
        return value < 0 ? -index : index;
    }

    private static double middle(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        double magnitude = SMALLEST * Math.exp((Math.abs(bucket) - 0.5) * LOG_GROWTH);
        return bucket < 0 ? -magnitude : magnitude;
    }
}
