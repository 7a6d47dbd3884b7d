package io.bookstore.llm.operation;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a request sets besides the model. Null and empty mean "not set", and are left out of the telemetry, as is a
 * number that no provider takes: one that is not finite or, but for penalties and the seed, negative.
 *
 * @param maxTokens        limit of output tokens
 * @param temperature      sampling temperature
 * @param topP             nucleus sampling
 * @param topK             sampling from so many tokens
 * @param frequencyPenalty against repetition by count
 * @param presencePenalty  against repetition at all
 * @param seed             of the sampling
 * @param choiceCount      answers asked for; 1 is left out
 * @param stopSequences    that end the answer
 * @param outputType       {@code text}, {@code json}, {@code image} or {@code speech}, if a format was asked for
 * @param reasoningLevel   as the provider names it
 * @param dimensions       length of an embedding
 * @param encodingFormats  of embeddings
 */
public record RequestParameters(
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Double frequencyPenalty,
        @Nullable Double presencePenalty,
        @Nullable Long seed,
        @Nullable Integer choiceCount,
        List<String> stopSequences,
        @Nullable String outputType,
        @Nullable String reasoningLevel,
        @Nullable Integer dimensions,
        List<String> encodingFormats) {

    public RequestParameters {
        maxTokens = notNegative(maxTokens);
        temperature = notNegative(temperature);
        topP = notNegative(topP);
        topK = notNegative(topK);
        frequencyPenalty = finite(frequencyPenalty);
        presencePenalty = finite(presencePenalty);
        choiceCount = notNegative(choiceCount);
        dimensions = notNegative(dimensions);
        stopSequences = sound(stopSequences);
        encodingFormats = sound(encodingFormats);
    }

    private static @Nullable Integer notNegative(@Nullable Integer value) {
        return value == null || value < 0 ? null : value;
    }

    private static @Nullable Double notNegative(@Nullable Double value) {
        Double number = finite(value);
        return number == null || number < 0 ? null : number;
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }

    // A null among the strings is against the contract of every provider, but the telemetry must not be the one to
    // fail.
    private static List<String> sound(@Nullable List<String> values) {
        if (values == null || values.isEmpty()) {
            return List.of();
        }
        return values.stream().filter(Objects::nonNull).toList();
    }
}
