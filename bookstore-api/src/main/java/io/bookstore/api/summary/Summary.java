package io.bookstore.api.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bookstore.api.summary.cache.CacheResult;
import io.micronaut.core.annotation.Introspected;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the summary route. What is not known is absent.
 *
 * <p>Tokens, cost and times are those of this request: an answer from the cache used no tokens and cost nothing.
 *
 * @param variant absent outside of an experiment
 * @param costUsd 0 for an answer from the cache; absent if the model has no known price
 * @param timeToFirstTokenMs from sending the attempt that succeeded to its first token
 * @param providerMs spent in attempts, at all providers that were asked; without the waits before them
 * @param attempts at all providers that were asked; 0 for an answer from the cache
 * @param simulated true if the text comes from the simulator
 */
@Introspected
@JsonInclude(JsonInclude.Include.NON_NULL)
record Summary(
        String bookId,
        String title,
        String author,
        String provider,
        String aiGeneratedSummary,
        String model,
        String promptVersion,
        @Nullable String variant,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable BigDecimal costUsd,
        @Nullable Double timeToFirstTokenMs,
        @Nullable Double providerMs,
        @Nullable String finishReason,
        int attempts,
        CacheResult cache,
        boolean simulated) {}
