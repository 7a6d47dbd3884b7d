package io.bookstore.simulator.latency;

/** The rules a profile's numbers obey, each with the sentence for a number that does not. */
final class Rule {

    private Rule() {}

    static void atLeastZero(String key, double value) {
        require(value >= 0 && Double.isFinite(value), key + " must be >= 0 and finite, was " + value);
    }

    static void atLeastOne(String key, double value) {
        require(value >= 1 && Double.isFinite(value), key + " must be >= 1 and finite, was " + value);
    }

    static void share(String key, double value) {
        require(value >= 0 && value <= 1, key + " must be from 0 to 1, was " + value);
    }

    static void atLeast(String key, int value, int least) {
        require(value >= least, key + " must be >= " + least + ", was " + value);
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
