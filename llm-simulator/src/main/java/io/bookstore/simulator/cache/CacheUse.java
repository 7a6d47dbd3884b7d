package io.bookstore.simulator.cache;

/**
 * The tokens of one prompt that a provider's cache had, and those that it took in.
 *
 * @param read           found in the cache, and not read again
 * @param written        put into the cache
 * @param writtenForHour those of {@code written} that are kept for an hour rather than for minutes
 */
public record CacheUse(int read, int written, int writtenForHour) {

    public static final CacheUse NONE = new CacheUse(0, 0, 0);

    public CacheUse times(int factor) {
        return new CacheUse(read * factor, written * factor, writtenForHour * factor);
    }
}
