package io.bookstore.api.llm;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call gave.
 *
 * @param provider the name of the provider that answered
 * @param model the model that answered, as the provider names it
 * @param inputTokens null if the provider did not say
 * @param outputTokens null if the provider did not say
 * @param costUsd null if the tokens or the price of the model are unknown
 * @param timeToFirstToken from sending the attempt that succeeded; null if the answer came in one piece
 * @param providerTime spent in attempts, the waits between them left out
 * @param finishReason in lower case, such as {@code stop} or {@code length}; null if the provider did not say
 * @param attempts at least 1
 * @param simulated whether the simulator answered
 */
public record Generation(
        String text,
        String provider,
        String model,
        @Nullable Integer inputTokens,
        @Nullable Integer outputTokens,
        @Nullable BigDecimal costUsd,
        @Nullable Duration timeToFirstToken,
        Duration providerTime,
        @Nullable String finishReason,
        int attempts,
        boolean simulated) {}
