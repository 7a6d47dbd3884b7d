package io.bookstore.api.llm.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a call gave.
 *
 * @param answeredBy the provider and the model that answered
 * @param inputTokens null if the provider did not say
 * @param outputTokens null if the provider did not say
 * @param costUsd null if the tokens or the price of the model are unknown
 * @param timeToFirstToken from sending the attempt that succeeded; null if the answer came in one piece
 * @param providerTime spent in attempts, at all providers that were asked; the waits before them left out
 * @param finishReason in lower case, such as {@code stop} or {@code length}; null if the provider did not say
 * @param attempts at all providers that were asked, at least 1
 */
public record LlmAnswer(
        String text,
        @JsonProperty("answerer") AnsweredBy answeredBy,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        @Nullable BigDecimal costUsd,
        @Nullable Duration timeToFirstToken,
        Duration providerTime,
        @Nullable String finishReason,
        int attempts) {

    /** The same with another text. */
    public LlmAnswer withText(String other) {
        return new LlmAnswer(
                other,
                answeredBy,
                inputTokens,
                outputTokens,
                costUsd,
                timeToFirstToken,
                providerTime,
                finishReason,
                attempts);
    }
}
