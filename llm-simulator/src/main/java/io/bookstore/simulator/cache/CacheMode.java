package io.bookstore.simulator.cache;

import java.util.Locale;

/** The states from which a cache starts. */
public enum CacheMode {
    /** Empty; the first request with a prompt writes, the next ones read: as providers do, and so by order of arrival. */
    ARRIVAL,
    /** Filled with all prompts: no request depends on another. */
    WARM,
    /** Switched off. */
    OFF;

    /** Lower case, as configuration has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
