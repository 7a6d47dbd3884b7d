package io.bookstore.perf.record;

import org.jspecify.annotations.Nullable;

/**
 * An attempt as the provider's journal has it.
 *
 * @param key    the request key: the request's id, or its trace and a hash
 * @param start  nanoseconds since 1970 at which its last byte had arrived
 * @param status null if none was sent
 */
record JournalAttempt(
        String key, long start, double durationMs, @Nullable Integer status) {

    long end() {
        return start + Math.round(durationMs * 1e6);
    }
}
