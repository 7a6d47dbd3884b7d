package io.bookstore.simulator.wire;

import java.util.Locale;

/** What a request wants, by the names of OpenTelemetry's GenAI conventions where they have one. */
public enum Operation {
    /** A text. */
    CHAT,
    /** Vectors. They take the reading of the input, and no output tokens. */
    EMBEDDINGS,
    /** What a prompt would be billed for: free, at once, and limited in requests apart from all others. */
    COUNT_TOKENS;

    /** As the journal writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
