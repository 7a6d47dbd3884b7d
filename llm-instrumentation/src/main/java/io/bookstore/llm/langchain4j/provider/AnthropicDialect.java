package io.bookstore.llm.langchain4j.provider;

import static io.bookstore.llm.langchain4j.provider.Counts.asLong;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Anthropic's Messages: named events, an input that leaves the cached tokens out, limits in four kinds. */
final class AnthropicDialect implements ProviderDialect {

    private static final String PACKAGE = "dev.langchain4j.model.anthropic.";
    private static final String START = "message_start";
    // Without its start a stream lacks its end too, if it has none.
    private static final String BLOCK = "content_block_";
    private static final String STOP = "message_stop";
    private static final String ERROR = "error";

    // Nothing in this event was written by a model or a user, so no text can look like a count.
    private static final Pattern INPUT_TOKENS =
            Pattern.compile("\"((?:cache_(?:read|creation)_)?input_tokens)\"\\s*:\\s*(\\d{1,18})");

    @Override
    public Map<String, String> names() {
        return Map.of("ANTHROPIC", "anthropic", "GOOGLE_VERTEX_AI_ANTHROPIC", "gcp.vertex_ai");
    }

    @Override
    public @Nullable TokenUsage usage(dev.langchain4j.model.output.TokenUsage usage) {
        return usage.getClass().getName().equals(PACKAGE + "AnthropicTokenUsage") ? Module.usage(usage) : null;
    }

    @Override
    public TokenUsage withCacheLifetime(TokenUsage usage, ChatResponseMetadata metadata) throws IOException {
        return metadata.getClass().getName().equals(PACKAGE + "AnthropicChatResponseMetadata")
                ? usage.withCacheWriteOneHour(AnthropicCacheLifetime.oneHour(metadata))
                : usage;
    }

    @Override
    public Map<String, String> remainingLimits() {
        return Map.of(
                "anthropic-ratelimit-requests-remaining", "requests",
                "anthropic-ratelimit-tokens-remaining", "tokens",
                "anthropic-ratelimit-input-tokens-remaining", "input_tokens",
                "anthropic-ratelimit-output-tokens-remaining", "output_tokens");
    }

    @Override
    public boolean begins(String event, String data) {
        return event.equals(START) || event.startsWith(BLOCK);
    }

    @Override
    public boolean ends(String event, String data) {
        return event.equals(STOP);
    }

    @Override
    public @Nullable ErrorType failure(String event, String data) {
        if (!event.equals(ERROR)) {
            return null;
        }
        return data.contains("overloaded_error") ? ErrorType.OVERLOADED : ErrorType.SERVER_ERROR;
    }

    // LangChain4j tells the tokens at the end only; a stream that is cancelled has cost its input all the same.
    @Override
    public @Nullable TokenUsage usageAtStart(String event, String data) {
        if (!event.equals(START)) {
            return null;
        }
        Map<String, Long> counts = new HashMap<>();
        Matcher matcher = INPUT_TOKENS.matcher(data);
        while (matcher.find()) {
            counts.putIfAbsent(matcher.group(1), Long.valueOf(matcher.group(2)));
        }
        return TokenUsage.anthropic(
                counts.get("input_tokens"),
                null,
                counts.get("cache_read_input_tokens"),
                counts.get("cache_creation_input_tokens"));
    }

    private static final class Module {

        static TokenUsage usage(dev.langchain4j.model.output.TokenUsage usage) {
            AnthropicTokenUsage anthropic = (AnthropicTokenUsage) usage;
            return TokenUsage.anthropic(
                    asLong(anthropic.inputTokenCount()),
                    asLong(anthropic.outputTokenCount()),
                    asLong(anthropic.cacheReadInputTokens()),
                    asLong(anthropic.cacheCreationInputTokens()));
        }
    }
}
