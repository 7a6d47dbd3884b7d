package io.bookstore.perf.cli;

/**
 * One thing that was looked at.
 *
 * @param what names it in a word
 * @param text what was found, and the remedy if it stands in the way
 */
record Finding(String what, State state, String text) {

    enum State {
        /** All right. */
        OK,
        /** Absent, and not needed. */
        NONE,
        /** A run would not start. */
        BAD
    }

    static Finding ok(String what, String text) {
        return new Finding(what, State.OK, text);
    }

    static Finding none(String what, String text) {
        return new Finding(what, State.NONE, text);
    }

    static Finding bad(String what, String text) {
        return new Finding(what, State.BAD, text);
    }
}
