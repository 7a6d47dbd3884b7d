package io.bookstore.llm;

import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a model. Null means "not set", and is left out of the telemetry.
 *
 * @param operation     {@code chat}, {@code text_completion} or {@code embeddings}
 * @param provider      the convention's name where it has one, for example {@code anthropic} or {@code openai}
 * @param model         as requested; cut at 256 characters
 * @param streaming     whether the answer comes in chunks
 * @param maxTokens     limit of output tokens
 * @param temperature   sampling temperature
 * @param topP          nucleus sampling
 * @param stopSequences empty if none were set
 * @param serverAddress host of the provider's endpoint
 * @param serverPort    its port; only with an address
 * @param attributes    more attributes for the span, such as the version of the prompt; never for metrics
 */
public record InferenceRequest(
        String operation,
        String provider,
        @Nullable String model,
        boolean streaming,
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        List<String> stopSequences,
        @Nullable String serverAddress,
        @Nullable Integer serverPort,
        Attributes attributes) {

    private static final int MAX_MODEL_LENGTH = 256;

    public InferenceRequest {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(attributes, "attributes");
        model = shortened(model);
        stopSequences = stopSequences.stream().filter(Objects::nonNull).toList();
    }

    /** A name that long is not a name; it would be copied into every span and series. */
    static @Nullable String shortened(@Nullable String model) {
        return model == null || model.length() <= MAX_MODEL_LENGTH ? model : model.substring(0, MAX_MODEL_LENGTH);
    }

    InferenceRequest withModel(@Nullable String other) {
        return new InferenceRequest(
                operation,
                provider,
                other,
                streaming,
                maxTokens,
                temperature,
                topP,
                stopSequences,
                serverAddress,
                serverPort,
                attributes);
    }

    /** A chat with a model. */
    public static Builder chat(String provider, @Nullable String model) {
        return new Builder("chat", provider, model);
    }

    /** Any operation of the conventions. */
    public static Builder of(String operation, String provider, @Nullable String model) {
        return new Builder(operation, provider, model);
    }

    /** Sets what a request may leave open. Not thread-safe. */
    public static final class Builder {

        private final String operation;
        private final String provider;
        private final @Nullable String model;
        private boolean streaming;
        private @Nullable Integer maxTokens;
        private @Nullable Double temperature;
        private @Nullable Double topP;
        private List<String> stopSequences = List.of();
        private @Nullable String serverAddress;
        private @Nullable Integer serverPort;
        private Attributes attributes = Attributes.empty();

        private Builder(String operation, String provider, @Nullable String model) {
            this.operation = operation;
            this.provider = provider;
            this.model = model;
        }

        public Builder streaming(boolean value) {
            streaming = value;
            return this;
        }

        public Builder maxTokens(@Nullable Integer value) {
            maxTokens = value;
            return this;
        }

        public Builder temperature(@Nullable Double value) {
            temperature = value;
            return this;
        }

        public Builder topP(@Nullable Double value) {
            topP = value;
            return this;
        }

        public Builder stopSequences(@Nullable List<String> value) {
            stopSequences = value == null ? List.of() : value;
            return this;
        }

        public Builder server(@Nullable String address, @Nullable Integer port) {
            serverAddress = address;
            serverPort = port;
            return this;
        }

        public Builder attributes(Attributes value) {
            attributes = value;
            return this;
        }

        public InferenceRequest build() {
            return new InferenceRequest(
                    operation,
                    provider,
                    model,
                    streaming,
                    maxTokens,
                    temperature,
                    topP,
                    stopSequences,
                    serverAddress,
                    serverPort,
                    attributes);
        }
    }
}
