package io.bookstore.simulator.fit;

import io.bookstore.simulator.latency.OutputLength;

/** A number that no call has, such as -5 tokens; its message is the end of a sentence that begins with the line's number. */
final class Implausible extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Ten times the longest prompt that a model of 2026 takes. */
    static final int MOST_INPUT_TOKENS = 100_000_000;

    private static final double MOST_MILLIS = 24 * 60 * 60 * 1_000.0;

    // A client may take the first token by another clock than the answer, or round it.
    private static final double CLOCKS_MS = 1;

    private final String kind;

    /**
     * @param name of the number in the file
     * @param rule that it breaks, such as "no whole number"
     */
    Implausible(String name, String value, String rule) {
        super("has " + value + " as " + name + ", which is " + rule);
        kind = name + " " + rule;
    }

    /** Returns what all numbers that break the same rule have in common. */
    String kind() {
        return kind;
    }

    static int inputTokens(String name, double value, String text) {
        return whole(name, value, text, MOST_INPUT_TOKENS);
    }

    static int outputTokens(String name, double value, String text) {
        return whole(name, value, text, OutputLength.MOST);
    }

    private static int whole(String name, double value, String text, int most) {
        if (!(value >= 0 && value <= most) || value != Math.rint(value)) {
            throw new Implausible(name, text, "no whole number from 0 to " + most);
        }
        return (int) value;
    }

    /** Returns the time in milliseconds, of at most a day. */
    static double millis(String name, double millis, String text) {
        if (!(millis >= 0 && millis <= MOST_MILLIS)) {
            throw new Implausible(name, text, "no time from 0 to a day");
        }
        return millis;
    }

    /** Returns the time to the first token in milliseconds, of at most the answer's. */
    static double firstMs(String name, double millis, String text, double durationMs) {
        if (millis(name, millis, text) > durationMs + CLOCKS_MS) {
            throw new Implausible(name, text, "later than the end of its answer");
        }
        return Math.min(millis, durationMs);
    }
}
