package io.bookstore.api.llm.provider;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.bookstore.llm.cost.TokenUsage;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The reply of one successful attempt.
 *
 * @param timeToFirstToken null if the answer came in one piece
 */
public record ChatReply(ChatResponse response, @Nullable Duration timeToFirstToken) {

    /** @throws EmptyReplyException if there is none; LangChain4j takes an answer without content for a success */
    public String text() {
        String text = response.aiMessage() == null ? null : response.aiMessage().text();
        if (text == null || text.isBlank()) {
            throw new EmptyReplyException();
        }
        return text.strip();
    }

    /** The tokens used; unknown where the provider said nothing. */
    public TokenUsage usage() {
        dev.langchain4j.model.output.TokenUsage usage = response.tokenUsage();
        return usage == null
                ? TokenUsage.UNKNOWN
                : TokenUsage.of(asLong(usage.inputTokenCount()), asLong(usage.outputTokenCount()));
    }

    /** The finish reason in the words of the convention; null if the provider did not say. */
    @Nullable
    public String finishReason() {
        FinishReason reason = response.finishReason();
        if (reason == null) {
            return null;
        }
        return reason == FinishReason.TOOL_EXECUTION
                ? "tool_call"
                : reason.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long asLong(@Nullable Integer count) {
        return count == null ? null : Long.valueOf(count);
    }
}
