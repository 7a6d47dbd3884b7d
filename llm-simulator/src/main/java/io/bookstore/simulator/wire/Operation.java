package io.bookstore.simulator.wire;

import java.util.Locale;

/** The operations of a provider, by the names of OpenTelemetry's GenAI conventions where they have one. */
public enum Operation {
    /** A text. */
    CHAT,
    /** Vectors. They take the reading of the input, and no output tokens. */
    EMBEDDINGS,
    /** The tokens that a prompt would be billed for: free, at once, and limited in requests apart from all others. */
    COUNT_TOKENS,
    /** The categories of harm that a text belongs to: free, at once and limited apart, like the counting of tokens. */
    MODERATION;

    /** Returns whether nobody pays for it. */
    public boolean isFree() {
        return this == COUNT_TOKENS || this == MODERATION;
    }

    /** The name of the operation in the journal. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
