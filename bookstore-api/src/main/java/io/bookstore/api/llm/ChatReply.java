package io.bookstore.api.llm;

import dev.langchain4j.model.chat.response.ChatResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one successful attempt gave.
 *
 * @param timeToFirstToken null if the answer came in one piece
 */
record ChatReply(ChatResponse response, @Nullable Duration timeToFirstToken) {

    /** @throws EmptyReplyException if there is none; LangChain4j takes an answer without content for a success */
    String text() {
        String text = response.aiMessage() == null ? null : response.aiMessage().text();
        if (text == null || text.isBlank()) {
            throw new EmptyReplyException();
        }
        return text.strip();
    }
}
