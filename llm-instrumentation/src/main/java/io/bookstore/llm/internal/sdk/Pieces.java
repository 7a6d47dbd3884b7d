package io.bookstore.llm.internal.sdk;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.cost.TokenUsage;

/** The pieces of a streamed answer, put together as far as telemetry needs it. Used under the lock of its exchange. */
public interface Pieces<P> {

    /** Takes a piece; returns true if it has something of the answer: text, reasoning or a tool call. */
    boolean add(P piece);

    /** Returns true if the answer is whole, whatever may still follow. */
    boolean whole();

    /** The tokens told so far. */
    TokenUsage usage();

    /** The answer so far. */
    Answer answer();

    /** The content of the answer, if it was to be kept. */
    Content content();
}
