package io.bookstore.simulator.cache;

/**
 * What a provider's cache did for one request, in tokens of its prompt.
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
