package io.bookstore.api.summary;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param provider null for the one the variant or the configuration names
 * @param variant null for the one the book belongs to
 * @param refresh whether the provider must be asked even if a summary is known
 * @param requestKey identifies the call towards the provider
 */
record SummaryRequest(
        String bookId, @Nullable String provider, @Nullable String variant, boolean refresh, String requestKey) {}
