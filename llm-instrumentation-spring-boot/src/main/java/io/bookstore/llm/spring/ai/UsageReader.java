package io.bookstore.llm.spring.ai;

import io.bookstore.llm.cost.TokenUsage;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;

/**
 * Reads the token counts of Spring AI as inclusive totals. Parts of them, such as cached tokens, are only in the usage object
 * of the provider, and Spring AI 1.1 drops that when it adds up the calls of a tool loop.
 */
final class UsageReader {

    private UsageReader() {}

    /** Returns the counts of an answer; {@link TokenUsage#UNKNOWN} for null and for the zeros that stand for it. */
    static TokenUsage read(@Nullable Usage usage) {
        if (usage == null) {
            return TokenUsage.UNKNOWN;
        }
        Long input = asLong(usage.getPromptTokens());
        Long output = asLong(usage.getCompletionTokens());
        if (isNone(input) && isNone(output)) {
            return TokenUsage.UNKNOWN;
        }
        if (usage.getClass().getName().equals("org.springframework.ai.google.genai.metadata.GoogleGenAiUsage")) {
            return TokenUsage.gemini(
                    input,
                    output,
                    Accessors.number(usage, "getCachedContentTokenCount"),
                    Accessors.number(usage, "getThoughtsTokenCount"));
        }
        Object ofProvider = usage.getNativeUsage();
        return ofProvider == null ? TokenUsage.of(input, output) : read(ofProvider, input, output);
    }

    private static TokenUsage read(Object ofProvider, @Nullable Long input, @Nullable Long output) {
        return switch (ofProvider.getClass().getName()) {
            case "org.springframework.ai.openai.api.OpenAiApi$Usage" ->
                openAi(ofProvider, input, output, "completionTokenDetails");
            case "com.openai.models.completions.CompletionUsage" ->
                openAi(ofProvider, input, output, "completionTokensDetails");
            case "org.springframework.ai.anthropic.api.AnthropicApi$Usage", "com.anthropic.models.messages.Usage" ->
                TokenUsage.anthropic(
                        Accessors.number(ofProvider, "inputTokens"),
                        output,
                        Accessors.number(ofProvider, "cacheReadInputTokens"),
                        Accessors.number(ofProvider, "cacheCreationInputTokens"));
            default -> TokenUsage.of(input, output);
        };
    }

    private static TokenUsage openAi(
            Object ofProvider, @Nullable Long input, @Nullable Long output, String outputDetails) {
        return new TokenUsage(
                input,
                output,
                Accessors.number(ofProvider, "promptTokensDetails", "cachedTokens"),
                null,
                Accessors.number(ofProvider, outputDetails, "reasoningTokens"));
    }

    /** Returns the input of embeddings, which have no output. */
    static TokenUsage readInput(@Nullable Usage usage) {
        Long input = usage == null ? null : asLong(usage.getPromptTokens());
        return isNone(input) ? TokenUsage.UNKNOWN : TokenUsage.of(input, null);
    }

    private static boolean isNone(@Nullable Long count) {
        return count == null || count == 0;
    }

    private static @Nullable Long asLong(@Nullable Integer count) {
        return count == null ? null : count.longValue();
    }
}
