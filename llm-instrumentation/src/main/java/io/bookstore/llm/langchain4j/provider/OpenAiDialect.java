package io.bookstore.llm.langchain4j.provider;

import static io.bookstore.llm.langchain4j.provider.Counts.asLong;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import io.bookstore.llm.cost.TokenUsage;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions, which many servers speak: inclusive totals, pieces without a name, {@code [DONE]} last. */
final class OpenAiDialect implements ProviderDialect {

    private static final String PACKAGE = "dev.langchain4j.model.openai.";
    private static final String PIECE = "\"chat.completion.chunk\"";
    private static final String DONE = "[DONE]";

    // A key of the line itself: in text that a model wrote, the quotes are escaped.
    private static final Pattern FINISH_REASON = Pattern.compile("(?<!\\\\)\"finish_reason\"\\s*:\\s*\"");

    @Override
    public Map<String, String> names() {
        return Map.of(
                "OPEN_AI", "openai", "AZURE_OPEN_AI", "azure.ai.openai", "MICROSOFT_FOUNDRY", "azure.ai.inference");
    }

    @Override
    public @Nullable TokenUsage usage(dev.langchain4j.model.output.TokenUsage usage) {
        return usage.getClass().getName().equals(PACKAGE + "OpenAiTokenUsage") ? Module.usage(usage) : null;
    }

    @Override
    public @Nullable Long seed(ChatRequestParameters parameters) {
        return isOwn(parameters) ? Module.seed(parameters) : null;
    }

    @Override
    public @Nullable String reasoningLevel(ChatRequestParameters parameters) {
        return isOwn(parameters) ? Module.reasoningLevel(parameters) : null;
    }

    private static boolean isOwn(ChatRequestParameters parameters) {
        return parameters.getClass().getName().equals(PACKAGE + "OpenAiChatRequestParameters");
    }

    @Override
    public Map<String, String> remainingLimits() {
        return Map.of("x-ratelimit-remaining-requests", "requests", "x-ratelimit-remaining-tokens", "tokens");
    }

    @Override
    public boolean begins(String event, String data) {
        return event.isEmpty() && data.contains(PIECE);
    }

    @Override
    public boolean tellsFinish(String event, String data) {
        return event.isEmpty() && FINISH_REASON.matcher(data).find();
    }

    @Override
    public boolean ends(String event, String data) {
        return event.isEmpty() && data.equals(DONE);
    }

    private static final class Module {

        static TokenUsage usage(dev.langchain4j.model.output.TokenUsage usage) {
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

        static @Nullable Long seed(ChatRequestParameters parameters) {
            return asLong(((OpenAiChatRequestParameters) parameters).seed());
        }

        static @Nullable String reasoningLevel(ChatRequestParameters parameters) {
            return ((OpenAiChatRequestParameters) parameters).reasoningEffort();
        }
    }
}
