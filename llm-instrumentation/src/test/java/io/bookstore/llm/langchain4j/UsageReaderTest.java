package io.bookstore.llm.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import io.bookstore.llm.cost.TokenUsage;
import org.junit.jupiter.api.Test;

/** Totals include their subsets, whichever way a provider counts. */
class UsageReaderTest {

    @Test
    void anthropicInputLacksWhatTheCacheGaveAndTook() {
        AnthropicTokenUsage usage = AnthropicTokenUsage.builder()
                .inputTokenCount(5)
                .outputTokenCount(20)
                .cacheReadInputTokens(1000)
                .cacheCreationInputTokens(200)
                .build();

        assertThat(UsageReader.read(usage)).isEqualTo(new TokenUsage(1205L, 20L, 1000L, 200L, null));
    }

    @Test
    void bedrockInputLacksWhatTheCacheGaveAndTook() {
        BedrockTokenUsage usage = BedrockTokenUsage.builder()
                .inputTokenCount(5)
                .outputTokenCount(20)
                .cacheReadInputTokens(1000)
                .cacheWriteInputTokens(200)
                .build();

        assertThat(UsageReader.read(usage)).isEqualTo(new TokenUsage(1205L, 20L, 1000L, 200L, null));
    }

    @Test
    void openAiTotalsIncludeCachedAndReasoning() {
        OpenAiTokenUsage usage = OpenAiTokenUsage.builder()
                .inputTokenCount(1205)
                .outputTokenCount(120)
                .inputTokensDetails(OpenAiTokenUsage.InputTokensDetails.builder()
                        .cachedTokens(1000)
                        .build())
                .outputTokensDetails(OpenAiTokenUsage.OutputTokensDetails.builder()
                        .reasoningTokens(100)
                        .build())
                .build();

        assertThat(UsageReader.read(usage)).isEqualTo(new TokenUsage(1205L, 120L, 1000L, null, 100L));
    }

    @Test
    void openAiWithoutDetailsTellsTotalsOnly() {
        OpenAiTokenUsage usage = OpenAiTokenUsage.builder()
                .inputTokenCount(7)
                .outputTokenCount(1)
                .build();

        assertThat(UsageReader.read(usage)).isEqualTo(TokenUsage.of(7L, 1L));
    }

    @Test
    void geminiOutputLacksTheThoughts() {
        GoogleAiGeminiTokenUsage usage = GoogleAiGeminiTokenUsage.builder()
                .inputTokenCount(50)
                .outputTokenCount(20)
                .cachedContentTokenCount(40)
                .thoughtsTokenCount(30)
                .build();

        assertThat(UsageReader.read(usage)).isEqualTo(new TokenUsage(50L, 50L, 40L, null, 30L));
    }

    @Test
    void anyOtherUsageIsTakenAsTotals() {
        assertThat(UsageReader.read(new dev.langchain4j.model.output.TokenUsage(3, 4)))
                .isEqualTo(TokenUsage.of(3L, 4L));
    }

    @Test
    void noUsageIsUnknown() {
        assertThat(UsageReader.read(null)).isEqualTo(TokenUsage.UNKNOWN);
    }
}
