package io.bookstore.perf.gate;

import java.util.Locale;

/** The side of a comparison that a run belongs to. */
public enum Side {
    BASELINE,
    CANDIDATE;

    /** The word for a person, and the name of its folder. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
