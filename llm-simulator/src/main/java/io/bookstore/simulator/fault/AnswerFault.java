package io.bookstore.simulator.fault;

import java.util.Locale;

/** The kinds of faults of an answer that has begun. */
public enum AnswerFault {
    /** The connection is reset before a byte is sent. */
    RESET_BEFORE_HEADERS("", 0),
    /** The connection is reset after status and headers. */
    RESET_AFTER_HEADERS("", 0),
    /** The connection is reset after some chunks. */
    RESET_AFTER_CHUNKS("chunks", 3),
    /** The stream tells of an error after some chunks, and ends; its status said 200. */
    ERROR_EVENT("chunks", 3),
    /** A frame is cut in half after some chunks; the rest is right. */
    MALFORMED_FRAME("chunks", 3),
    /** The stream ends without its end marker and its usage. */
    NO_TERMINATOR("", 0),
    /** A delay of each chunk beyond its plan. */
    SLOW_DRIP("milliseconds", 500),
    /** A pause after the third chunk. */
    STALL("milliseconds", 30_000),
    /** The usage is ten times the truth. */
    WRONG_USAGE("", 0),
    /** An answer without a text. */
    EMPTY_ANSWER("", 0),
    /** An answer that repeats itself until the client leaves. */
    ENDLESS_ANSWER("", 0),
    /** A JSON document that ends in its middle, as if it were whole. */
    BROKEN_DOCUMENT("", 0),
    /** The model, or a guard before it, refuses to answer; the status is 200. */
    REFUSAL("", 0),
    /** A text that a filter cuts in its middle. */
    CONTENT_FILTER("", 0),
    /** A turn that Anthropic pauses in its middle. */
    PAUSE_TURN("", 0),
    /** Reasoning that Anthropic's models encrypt in place of showing it. */
    REDACTED_THINKING("", 0),
    /** Calls of tools whose arguments break the schema. */
    BAD_ARGUMENTS("", 0),
    /** Calls of a tool that the request does not have. */
    UNKNOWN_TOOL("", 0),
    /** Calls of tools for ever, in place of an answer. */
    ENDLESS_LOOP("", 0);

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String unit;
    private final int number;

    AnswerFault(String unit, int number) {
        this.unit = unit;
        this.number = number;
    }

    /** Lower case, with hyphens. */
    public String text() {
        return text;
    }

    /** The unit of its number; empty if it takes none. */
    public String unit() {
        return unit;
    }

    /** The default of its number. */
    public int number() {
        return number;
    }
}
