package io.bookstore.simulator.latency;

/** The rules a profile's numbers obey, each with the sentence for a number that does not. */
final class Rule {

    private static final long DAY_MILLIS = 86_400_000;

    private Rule() {}

    static void atLeastZero(String key, double value) {
        require(value >= 0 && Double.isFinite(value), key + " must be >= 0 and finite, was " + value);
    }

    /** A duration. In nanoseconds, and with some of them added up, it must fit a long. */
    static void millis(String key, double value) {
        atLeastZero(key, value);
        require(value <= DAY_MILLIS, key + " must be <= " + DAY_MILLIS + " (a day), was " + value);
    }

    static void idleSeconds(String key, double value) {
        atLeastZero(key, value);
        require(value <= DAY_MILLIS, key + " must be <= " + DAY_MILLIS + " (1,000 days), was " + value);
    }

    /** At ten the slowest of a thousand takes some ten million million times the median. */
    static void sigma(String key, double value) {
        atLeastZero(key, value);
        require(value <= 10, key + " must be <= 10, was " + value);
    }

    static void factor(String key, double value) {
        require(value >= 1 && Double.isFinite(value), key + " must be >= 1 and finite, was " + value);
        require(value <= 100, key + " must be <= 100, was " + value);
    }

    static void share(String key, double value) {
        require(value >= 0 && value <= 1, key + " must be from 0 to 1, was " + value);
    }

    static void atLeast(String key, int value, int least) {
        require(value >= least, key + " must be >= " + least + ", was " + value);
    }

    static void atMost(String key, int value, int most) {
        require(value <= most, key + " must be <= " + most + ", was " + value);
    }

    static void inOrder(String lowKey, double low, String highKey, double high) {
        require(low <= high && Double.isFinite(high), highKey + " must be >= " + lowKey + " " + low + ", was " + high);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
