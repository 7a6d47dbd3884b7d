package io.bookstore.perf.metrics;

import java.util.Arrays;

/**
 * Counts values in buckets whose bounds grow by the same share, so that a percentile is off by at most half of it; any sign,
 * any magnitude, memory bound by the spread of the values and not by their number.
 */
final class LogHistogram {
    /** Below this, values count as zero: a picosecond if they are milliseconds. */
    private static final double SMALLEST = 1e-9;

    private static final int SPARE = 64;

    private final double logGrowth;
    private long[] counts = new long[0];
    /** The bucket of the first count. */
    private int first;

    private long count;

    /** @param growth from one bucket to the next, such as 1.001 */
    LogHistogram(double growth) {
        this.logGrowth = Math.log(growth);
    }

    void add(double value) {
        add(bucket(value), 1);
    }

    /** @param other has buckets of the same growth */
    void add(LogHistogram other) {
        for (int i = 0; i < other.counts.length; i++) {
            if (other.counts[i] > 0) {
                add(other.first + i, other.counts[i]);
            }
        }
    }

    double percentile(double percentile) {
        double rank = percentile / 100 * (count - 1);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen > rank) {
                return middle(first + i);
            }
        }
        return 0;
    }

    long atMost(double value) {
        long seen = 0;
        for (int i = 0; i < counts.length && middle(first + i) <= value; i++) {
            seen += counts[i];
        }
        return seen;
    }

    private void add(int bucket, long more) {
        makeRoomFor(bucket);
        counts[bucket - first] += more;
        count += more;
    }

    private void makeRoomFor(int bucket) {
        if (counts.length == 0) {
            first = bucket - SPARE;
            counts = new long[2 * SPARE];
        } else if (bucket < first) {
            int newFirst = bucket - SPARE;
            long[] wider = new long[first - newFirst + counts.length];
            System.arraycopy(counts, 0, wider, first - newFirst, counts.length);
            counts = wider;
            first = newFirst;
        } else if (bucket - first >= counts.length) {
            counts = Arrays.copyOf(counts, bucket - first + SPARE);
        }
    }

    private int bucket(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < SMALLEST) {
            return 0;
        }
        int index = 1 + (int) Math.floor(Math.log(magnitude / SMALLEST) / logGrowth);
        return value < 0 ? -index : index;
    }

    private double middle(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        double magnitude = SMALLEST * Math.exp((Math.abs(bucket) - 0.5) * logGrowth);
        return bucket < 0 ? -magnitude : magnitude;
    }
}
