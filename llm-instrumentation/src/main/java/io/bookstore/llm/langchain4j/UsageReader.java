package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import io.bookstore.llm.cost.TokenUsage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the token counts of a LangChain4j answer as inclusive totals: LangChain4j hands on what each provider sent, so its
 * Anthropic and Bedrock inputs lack the cached tokens and its Gemini outputs lack the thoughts.
 */
public final class UsageReader {

    private static final String PACKAGE = "dev.langchain4j.model.";
    private static final String ANTHROPIC_METADATA = PACKAGE + "anthropic.AnthropicChatResponseMetadata";

    private UsageReader() {}

    /** The counts of one answer; {@link TokenUsage#UNKNOWN} for null. */
    public static TokenUsage read(dev.langchain4j.model.output.@Nullable TokenUsage usage) {
        if (usage == null) {
            return TokenUsage.UNKNOWN;
        }
        // By name, because the provider's module may be missing; each case is a class of its own for the same reason.
        return switch (usage.getClass().getName()) {
            case PACKAGE + "anthropic.AnthropicTokenUsage" -> Anthropic.read(usage);
            case PACKAGE + "bedrock.BedrockTokenUsage" -> Bedrock.read(usage);
            case PACKAGE + "openai.OpenAiTokenUsage" -> OpenAi.read(usage);
            case PACKAGE + "googleai.GoogleAiGeminiTokenUsage" -> Gemini.read(usage);
            default -> TokenUsage.of(asLong(usage.inputTokenCount()), asLong(usage.outputTokenCount()));
        };
    }

    /** These counts and, if a prompt was kept at all, what only the document of the answer tells of for how long. */
    static TokenUsage withCacheLifetime(TokenUsage usage, ChatResponseMetadata metadata) throws IOException {
        Long kept = usage.cacheWrite();
        if (kept == null || kept == 0 || !metadata.getClass().getName().equals(ANTHROPIC_METADATA)) {
            return usage;
        }
        return usage.withCacheWriteOneHour(AnthropicCacheLifetime.oneHour(metadata));
    }

    private static @Nullable Long asLong(@Nullable Integer count) {
        return count == null ? null : count.longValue();
    }

    private static final class Anthropic {

        static TokenUsage read(dev.langchain4j.model.output.TokenUsage usage) {
            AnthropicTokenUsage anthropic = (AnthropicTokenUsage) usage;
            return TokenUsage.anthropic(
                    asLong(anthropic.inputTokenCount()),
                    asLong(anthropic.outputTokenCount()),
                    asLong(anthropic.cacheReadInputTokens()),
                    asLong(anthropic.cacheCreationInputTokens()));
        }
    }

    private static final class Bedrock {

        static TokenUsage read(dev.langchain4j.model.output.TokenUsage usage) {
            BedrockTokenUsage bedrock = (BedrockTokenUsage) usage;
            return TokenUsage.anthropic(
                    asLong(bedrock.inputTokenCount()),
                    asLong(bedrock.outputTokenCount()),
                    asLong(bedrock.cacheReadInputTokens()),
                    asLong(bedrock.cacheWriteInputTokens()));
        }
    }

    private static final class OpenAi {

        static TokenUsage read(dev.langchain4j.model.output.TokenUsage usage) {
            OpenAiTokenUsage openAi = (OpenAiTokenUsage) usage;
            OpenAiTokenUsage.InputTokensDetails input = openAi.inputTokensDetails();
            OpenAiTokenUsage.OutputTokensDetails output = openAi.outputTokensDetails();
            return new TokenUsage(
                    asLong(openAi.inputTokenCount()),
                    asLong(openAi.outputTokenCount()),
                    input == null ? null : asLong(input.cachedTokens()),
                    null,
                    output == null ? null : asLong(output.reasoningTokens()));
        }
    }

    private static final class Gemini {

        static TokenUsage read(dev.langchain4j.model.output.TokenUsage usage) {
            GoogleAiGeminiTokenUsage gemini = (GoogleAiGeminiTokenUsage) usage;
            return TokenUsage.gemini(
                    asLong(gemini.inputTokenCount()),
                    asLong(gemini.outputTokenCount()),
                    asLong(gemini.cachedContentTokenCount()),
                    asLong(gemini.thoughtsTokenCount()));
        }
    }
}
