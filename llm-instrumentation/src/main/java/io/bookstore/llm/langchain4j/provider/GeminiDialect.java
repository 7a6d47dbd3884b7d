package io.bookstore.llm.langchain4j.provider;

import static io.bookstore.llm.langchain4j.provider.Counts.asLong;

import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import io.bookstore.llm.cost.TokenUsage;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gemini: an output that leaves the thoughts out, pieces with candidates, and no last event. */
final class GeminiDialect implements ProviderDialect {

    private static final String USAGE = "dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage";

    // Keys of the line itself: in text that a model wrote, the quotes are escaped.
    private static final Pattern PIECE = Pattern.compile("(?<!\\\\)\"candidates\"\\s*:");
    private static final Pattern FINISH_REASON = Pattern.compile("(?<!\\\\)\"finishReason\"\\s*:\\s*\"");

    @Override
    public Map<String, String> names() {
        return Map.of(
                "GOOGLE_AI_GEMINI", "gcp.gemini",
                "GOOGLE_GENAI", "gcp.gen_ai",
                "GOOGLE_VERTEX_AI_GEMINI", "gcp.vertex_ai");
    }

    @Override
    public @Nullable TokenUsage usage(dev.langchain4j.model.output.TokenUsage usage) {
        return usage.getClass().getName().equals(USAGE) ? Module.usage(usage) : null;
    }

    @Override
    public boolean begins(String event, String data) {
        return event.isEmpty() && PIECE.matcher(data).find();
    }

    @Override
    public boolean tellsFinish(String event, String data) {
        return event.isEmpty() && FINISH_REASON.matcher(data).find();
    }

    private static final class Module {

        static TokenUsage usage(dev.langchain4j.model.output.TokenUsage usage) {
            GoogleAiGeminiTokenUsage gemini = (GoogleAiGeminiTokenUsage) usage;
            return TokenUsage.gemini(
                    asLong(gemini.inputTokenCount()),
                    asLong(gemini.outputTokenCount()),
                    asLong(gemini.cachedContentTokenCount()),
                    asLong(gemini.thoughtsTokenCount()));
        }
    }
}
