package io.bookstore.llm.operation;

import io.opentelemetry.api.common.Attributes;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model. Null means "not set", and is left out of the telemetry.
 *
 * @param operation     {@code chat}, {@code text_completion}, {@code generate_content} or {@code embeddings}
 * @param provider      the convention's name where it has one, for example {@code anthropic} or {@code openai}
 * @param model         as requested; cut at 256 characters, {@code ?} for each control character; null if blank
 * @param streaming     whether the answer comes in chunks
 * @param batch         whether the call is part of a batch, which the provider answers later and at its batch price
 * @param parameters    what else is set
 * @param serverAddress host of the provider's endpoint
 * @param serverPort    its port; only with an address
 * @param context       for whom and by which prompt
 * @param attributes    more attributes for the span; never for metrics, unless allowed by name
 */
public record InferenceRequest(
        String operation,
        String provider,
        @Nullable String model,
        boolean streaming,
        boolean batch,
        RequestParameters parameters,
        @Nullable String serverAddress,
        @Nullable Integer serverPort,
        CallContext context,
        Attributes attributes) {

    private static final int MAX_MODEL_LENGTH = 256;
    private static final char DELETE = 0x7f;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    public InferenceRequest {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(parameters, "parameters");
        Objects.requireNonNull(context, "context");
        Objects.requireNonNull(attributes, "attributes");
        model = shortened(model);
    }

    /**
     * The name as spans and series may carry it: null if it is blank, without control characters, and not longer than a name
     * is.
     */
    static @Nullable String shortened(@Nullable String model) {
        if (model == null || model.isBlank()) {
            return null;
        }
        String name = hasControl(model) ? CONTROL.matcher(model).replaceAll("?") : model;
        return name.length() <= MAX_MODEL_LENGTH ? name : name.substring(0, MAX_MODEL_LENGTH);
    }

    /** Spares each call of a sound name a matcher, which costs a tenth of measuring it. */
    private static boolean hasControl(String model) {
        for (int at = 0; at < model.length(); at++) {
            char letter = model.charAt(at);
            if (letter < ' ' || letter == DELETE) {
                return true;
            }
        }
        return false;
    }

    /** A chat with a model. */
    public static Builder chat(String provider, @Nullable String model) {
        return new Builder("chat", provider, model);
    }

    /** Texts to be turned into vectors. */
    public static Builder embeddings(String provider, @Nullable String model) {
        return new Builder("embeddings", provider, model);
    }

    /** Any operation of the conventions. */
    public static Builder of(String operation, String provider, @Nullable String model) {
        return new Builder(operation, provider, model);
    }

    /** Sets what a request may leave open; what each setting means stands at {@link RequestParameters}. Not thread-safe. */
    public static final class Builder {

        private static final int HTTPS_PORT = 443;
        private static final int HTTP_PORT = 80;

        private final String operation;
        private final String provider;
        private final @Nullable String model;
        private boolean streaming;
        private boolean batch;
        private @Nullable Integer maxTokens;
        private @Nullable Double temperature;
        private @Nullable Double topP;
        private @Nullable Integer topK;
        private @Nullable Double frequencyPenalty;
        private @Nullable Double presencePenalty;
        private @Nullable Long seed;
        private @Nullable Integer choiceCount;
        private List<String> stopSequences = List.of();
        private @Nullable String outputType;
        private @Nullable String reasoningLevel;
        private @Nullable Integer dimensions;
        private List<String> encodingFormats = List.of();
        private @Nullable String serverAddress;
        private @Nullable Integer serverPort;
        private CallContext context = CallContext.NONE;
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

        /** Prices the call at the provider's batch price; without one its cost is unknown. */
        public Builder batch(boolean value) {
            batch = value;
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

        public Builder topK(@Nullable Integer value) {
            topK = value;
            return this;
        }

        public Builder frequencyPenalty(@Nullable Double value) {
            frequencyPenalty = value;
            return this;
        }

        public Builder presencePenalty(@Nullable Double value) {
            presencePenalty = value;
            return this;
        }

        public Builder seed(@Nullable Long value) {
            seed = value;
            return this;
        }

        public Builder choiceCount(@Nullable Integer value) {
            choiceCount = value;
            return this;
        }

        public Builder stopSequences(@Nullable List<String> value) {
            stopSequences = value == null ? List.of() : value;
            return this;
        }

        public Builder outputType(@Nullable String value) {
            outputType = value;
            return this;
        }

        public Builder reasoningLevel(@Nullable String value) {
            reasoningLevel = value;
            return this;
        }

        public Builder dimensions(@Nullable Integer value) {
            dimensions = value;
            return this;
        }

        public Builder encodingFormats(@Nullable List<String> value) {
            encodingFormats = value == null ? List.of() : value;
            return this;
        }

        public Builder server(@Nullable String address, @Nullable Integer port) {
            serverAddress = address;
            serverPort = port;
            return this;
        }

        /** The address that a client was made with, its port by the scheme where it names none; null if it is unknown. */
        public Builder server(@Nullable URI endpoint) {
            return endpoint == null ? server(null, null) : server(endpoint.getHost(), port(endpoint));
        }

        private static int port(URI endpoint) {
            if (endpoint.getPort() > 0) {
                return endpoint.getPort();
            }
            return "http".equalsIgnoreCase(endpoint.getScheme()) ? HTTP_PORT : HTTPS_PORT;
        }

        public Builder context(CallContext value) {
            context = value;
            return this;
        }

        public Builder conversation(@Nullable String id) {
            context = context.withConversation(id);
            return this;
        }

        public Builder prompt(@Nullable String name, @Nullable String version) {
            context = context.withPrompt(name, version);
            return this;
        }

        public Builder variant(@Nullable String value) {
            context = context.withVariant(value);
            return this;
        }

        public Builder attributes(Attributes value) {
            attributes = value;
            return this;
        }

        public InferenceRequest build() {
            RequestParameters parameters = new RequestParameters(
                    maxTokens,
                    temperature,
                    topP,
                    topK,
                    frequencyPenalty,
                    presencePenalty,
                    seed,
                    choiceCount,
                    stopSequences,
                    outputType,
                    reasoningLevel,
                    dimensions,
                    encodingFormats);
            return new InferenceRequest(
                    operation,
                    provider,
                    model,
                    streaming,
                    batch,
                    parameters,
                    serverAddress,
                    serverPort,
                    context,
                    attributes);
        }
    }
}
