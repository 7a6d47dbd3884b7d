package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.langchain4j.provider.ProviderDialect;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the token counts of a LangChain4j answer as inclusive totals: LangChain4j hands on what each provider sent, so its
 * Anthropic and Bedrock inputs lack the cached tokens and its Gemini outputs lack the thoughts.
 */
public final class UsageReader {

    private UsageReader() {}

    /** Returns the counts of one answer; {@link TokenUsage#UNKNOWN} for null. */
    public static TokenUsage read(dev.langchain4j.model.output.@Nullable TokenUsage usage) {
        if (usage == null) {
            return TokenUsage.UNKNOWN;
        }
        for (ProviderDialect dialect : ProviderDialect.ALL) {
            TokenUsage counts = dialect.usage(usage);
            if (counts != null) {
                return counts;
            }
        }
        return TokenUsage.of(asLong(usage.inputTokenCount()), asLong(usage.outputTokenCount()));
    }

    /** Returns these counts and, if a prompt was kept at all, the part that only the document of the answer tells. */
    static TokenUsage withCacheLifetime(TokenUsage usage, ChatResponseMetadata metadata) throws IOException {
        Long kept = usage.cacheWrite();
        if (kept == null || kept == 0) {
            return usage;
        }
        TokenUsage counts = usage;
        for (ProviderDialect dialect : ProviderDialect.ALL) {
            counts = dialect.withCacheLifetime(counts, metadata);
        }
        return counts;
    }

    private static @Nullable Long asLong(@Nullable Integer count) {
        return count == null ? null : count.longValue();
    }
}
