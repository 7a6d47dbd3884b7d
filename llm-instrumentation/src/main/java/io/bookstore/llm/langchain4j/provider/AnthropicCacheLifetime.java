package io.bookstore.llm.langchain4j.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.anthropic.AnthropicChatResponseMetadata;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads from Anthropic's answer how long a prompt is kept; LangChain4j hands on only the sum of all that is kept. */
final class AnthropicCacheLifetime {

    private static final String ONE_HOUR = "/usage/cache_creation/ephemeral_1h_input_tokens";

    private AnthropicCacheLifetime() {}

    /** The tokens that are kept for an hour; null if the answer does not tell. The metadata is Anthropic's. */
    static @Nullable Long oneHour(ChatResponseMetadata anthropic) throws IOException {
        AnthropicChatResponseMetadata metadata = (AnthropicChatResponseMetadata) anthropic;
        List<ServerSentEvent> events = metadata.rawServerSentEvents();
        if (events == null || events.isEmpty()) {
            return metadata.rawHttpResponse() == null
                    ? null
                    : number(metadata.rawHttpResponse().body(), ONE_HOUR);
        }
        for (ServerSentEvent event : events) {
            if ("message_start".equals(event.event())) {
                return number(event.data(), "/message" + ONE_HOUR);
            }
        }
        return null;
    }

    private static @Nullable Long number(@Nullable String document, String pointer) throws IOException {
        if (document == null) {
            return null;
        }
        try (JsonParser parser = new FilteringParserDelegate(
                new JsonFactory().createParser(document),
                new JsonPointerBasedFilter(pointer),
                TokenFilter.Inclusion.ONLY_INCLUDE_ALL,
                false)) {
            return parser.nextToken() != null && parser.currentToken().isNumeric() ? parser.getLongValue() : null;
        }
    }
}
