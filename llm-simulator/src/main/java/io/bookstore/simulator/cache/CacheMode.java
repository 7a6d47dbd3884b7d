package io.bookstore.simulator.cache;

import java.util.Locale;

/** What a cache starts from, and whether it learns. */
public enum CacheMode {
    /** Empty; the first request with a prompt writes, the next ones read: as providers do, and so by order of arrival. */
    ARRIVAL,
    /** All that may be kept has been kept: no request depends on another. */
    WARM,
    /** Nothing is kept. */
    OFF;

    /** Lower case, as configuration has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
