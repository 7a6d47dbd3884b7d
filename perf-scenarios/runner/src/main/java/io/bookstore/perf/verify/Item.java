package io.bookstore.perf.verify;

/**
 * A line of the checklist.
 *
 * @param name     short and stable, for programs: {@code error-format}
 * @param rule     the thing that a service should do, as a sentence
 * @param evidence the thing that was seen, with its figures
 * @param remedy   the thing to do about it; empty for an item that passed
 */
public record Item(String name, String rule, State state, String evidence, String remedy) {

    /** An item is unknown if nothing that was seen can tell; it is never a pass for what nobody saw. */
    public enum State {
        PASS,
        FAIL,
        UNKNOWN
    }
}
