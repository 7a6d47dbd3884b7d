package io.bookstore.simulator.latency;

/** The rules a profile's numbers obey, each with the sentence for a number that does not. */
final class ProfileChecks {

    private static final long DAY_MILLIS = 86_400_000;

    private ProfileChecks() {}

    static void requireAtLeastZero(String key, double value) {
        require(value >= 0 && Double.isFinite(value), key + " must be >= 0 and finite, was " + value);
    }

    /** Requires a duration of at most a day: some of them added up, in nanoseconds, must fit a long. */
    static void requireMillis(String key, double value) {
        requireAtLeastZero(key, value);
        require(value <= DAY_MILLIS, key + " must be <= " + DAY_MILLIS + " (a day), was " + value);
    }

    static void requireIdleSeconds(String key, double value) {
        requireAtLeastZero(key, value);
        require(value <= DAY_MILLIS, key + " must be <= " + DAY_MILLIS + " (1,000 days), was " + value);
    }

    /** Requires at most 10: then the slowest of a thousand takes some ten million million times the median. */
    static void requireSigma(String key, double value) {
        requireAtLeastZero(key, value);
        require(value <= 10, key + " must be <= 10, was " + value);
    }

    static void requireFactor(String key, double value) {
        require(value >= 1 && Double.isFinite(value), key + " must be >= 1 and finite, was " + value);
        require(value <= 100, key + " must be <= 100, was " + value);
    }

    static void requireShare(String key, double value) {
        require(value >= 0 && value <= 1, key + " must be from 0 to 1, was " + value);
    }

    static void requireAtLeast(String key, int value, int least) {
        require(value >= least, key + " must be >= " + least + ", was " + value);
    }

    static void requireAtMost(String key, int value, int most) {
        require(value <= most, key + " must be <= " + most + ", was " + value);
    }

    static void requireOrder(String lowKey, double low, String highKey, double high) {
        require(low <= high && Double.isFinite(high), highKey + " must be >= " + lowKey + " " + low + ", was " + high);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
