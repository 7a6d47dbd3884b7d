package io.bookstore.simulator.wire;

/** A kind of place in the JSON of an answer, or of an event of one, at which a recorded answer is read. */
public enum AnswerPlace {
    /** A piece of the text, or of the arguments of a tool's call. */
    TEXT,

    /** A part of the answer, or a list of parts: texts, and calls of tools by their names and arguments. */
    PARTS,

    FINISH_REASON,

    INPUT_TOKENS,

    OUTPUT_TOKENS,

    /** The tokens read from a cache, where the provider counts them among those of the prompt and not beside them. */
    CACHED_AMONG_INPUT
}
