package io.bookstore.llm.spring.ai;

import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;

/** Spring AI's requests and answers in the library's terms. */
final class ChatConversion {

    private ChatConversion() {}

    /** The request that a model makes of these options; those of the prompt go before the model's own. */
    static InferenceRequest.Builder request(
            String provider, @Nullable ChatOptions asked, @Nullable ChatOptions defaults) {
        Options options = new Options(asked, defaults);
        Integer maxTokens = options.integer("getMaxCompletionTokens");
        return InferenceRequest.chat(provider, options.get(ChatOptions::getModel))
                .maxTokens(maxTokens == null ? options.get(ChatOptions::getMaxTokens) : maxTokens)
                .temperature(options.get(ChatOptions::getTemperature))
                .topP(options.get(ChatOptions::getTopP))
                .topK(options.get(ChatOptions::getTopK))
                .frequencyPenalty(options.get(ChatOptions::getFrequencyPenalty))
                .presencePenalty(options.get(ChatOptions::getPresencePenalty))
                .stopSequences(options.get(ChatOptions::getStopSequences))
                .choiceCount(options.integer("getN"))
                .seed(options.get(each -> Accessors.number(each, "getSeed")))
                .reasoningLevel(options.get(each -> asText(Accessors.read(each, "getReasoningEffort"))))
                .outputType(
                        options.get(each -> outputType(asText(Accessors.read(each, "getResponseFormat", "getType")))));
    }

    private record Options(
            @Nullable ChatOptions asked, @Nullable ChatOptions defaults) {

        <T> @Nullable T get(Function<ChatOptions, @Nullable T> option) {
            T value = asked == null ? null : option.apply(asked);
            return value != null || defaults == null ? value : option.apply(defaults);
        }

        /** An option that not every provider's class has. */
        @Nullable
        Integer integer(String accessor) {
            Long value = get(options -> Accessors.number(options, accessor));
            return value == null ? null : Math.toIntExact(value);
        }
    }

    private static @Nullable String asText(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /** Both kinds of JSON, {@code JSON_OBJECT} and {@code JSON_SCHEMA}, are one type of output. */
    private static @Nullable String outputType(@Nullable String format) {
        if (format == null) {
            return null;
        }
        String type = format.toLowerCase(Locale.ROOT);
        return type.startsWith("json") ? "json" : type;
    }

    static InferenceResponse response(ChatResponse response) {
        ChatResponseMetadata metadata = response.getMetadata();
        return new InferenceResponse(
                textOrNull(metadata.getId()),
                metadata.getModel(),
                response.getResults().stream()
                        .map(ChatConversion::finishReason)
                        .filter(Objects::nonNull)
                        .toList(),
                UsageReader.read(metadata.getUsage()));
    }

    /** The reason in the words of the conventions; null if there is none, as in most pieces of a stream. */
    static @Nullable String finishReason(Generation choice) {
        String reason = choice.getMetadata().getFinishReason();
        if (reason == null || reason.isEmpty()) {
            return null;
        }
        String word = reason.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "tool_calls", "tool_use", "function_call", "tool_execution" -> "tool_call";
            case "end_turn", "stop_sequence" -> "stop";
            case "max_tokens" -> "length";
            case "safety", "refusal" -> "content_filter";
            default -> word;
        };
    }

    /** Spring AI has an empty text where the provider gave no id. */
    static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
