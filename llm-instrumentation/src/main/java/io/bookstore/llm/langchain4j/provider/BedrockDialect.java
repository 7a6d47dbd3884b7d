package io.bookstore.llm.langchain4j.provider;

import static io.bookstore.llm.langchain4j.provider.Counts.asLong;

import dev.langchain4j.model.bedrock.BedrockTokenUsage;
import io.bookstore.llm.cost.TokenUsage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Amazon Bedrock's Converse: Anthropic's counts. Its wire is the AWS SDK's own. */
final class BedrockDialect implements ProviderDialect {

    private static final String USAGE = "dev.langchain4j.model.bedrock.BedrockTokenUsage";

    @Override
    public Map<String, String> names() {
        return Map.of("AMAZON_BEDROCK", "aws.bedrock");
    }

    @Override
    public @Nullable TokenUsage usage(dev.langchain4j.model.output.TokenUsage usage) {
        return usage.getClass().getName().equals(USAGE) ? Module.usage(usage) : null;
    }

    private static final class Module {

        static TokenUsage usage(dev.langchain4j.model.output.TokenUsage usage) {
            BedrockTokenUsage bedrock = (BedrockTokenUsage) usage;
            return TokenUsage.anthropic(
                    asLong(bedrock.inputTokenCount()),
                    asLong(bedrock.outputTokenCount()),
                    asLong(bedrock.cacheReadInputTokens()),
                    asLong(bedrock.cacheWriteInputTokens()));
        }
    }
}
