package io.bookstore.perf.record;

import org.jspecify.annotations.Nullable;

/**
 * An attempt as the provider's journal has it.
 *
 * @param key    the request key: the request's id, or its trace and a hash
 * @param start  nanoseconds since 1970 at which its last byte had arrived
 * @param status null if none was sent
 * @param inputTokens tokens that are billed; null for none
 * @param outputTokens as {@code inputTokens}
 */
record JournalAttempt(
        String key,
        long start,
        double durationMs,
        @Nullable Integer status,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens) {

    /** An attempt that is not billed. */
    JournalAttempt(String key, long start, double durationMs, @Nullable Integer status) {
        this(key, start, durationMs, status, null, null);
    }

    long end() {
        return start + Math.round(durationMs * 1e6);
    }
}
