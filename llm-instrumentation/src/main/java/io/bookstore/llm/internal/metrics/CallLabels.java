package io.bookstore.llm.internal.metrics;

import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.internal.conventions.Generation;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labels that tell the series of one call from those of another. Null where there is no value. */
record CallLabels(
        String operation,
        String provider,
        @Nullable String model,
        @Nullable String responseModel,
        @Nullable String serverAddress,
        @Nullable Integer serverPort,
        @Nullable String errorType,
        List<@Nullable String> extra) {

    /** The labels of a whole call. */
    Attributes attributes(Keys keys, boolean withError) {
        AttributesBuilder labels = Attributes.builder().put(GenAiAttributes.OPERATION_NAME, operation);
        keys.providers.forEach(key -> labels.put(key, provider));
        put(labels, GenAiAttributes.REQUEST_MODEL, model);
        put(labels, GenAiAttributes.RESPONSE_MODEL, responseModel);
        put(labels, GenAiAttributes.SERVER_ADDRESS, serverAddress);
        if (serverAddress != null && serverPort != null) {
            labels.put(GenAiAttributes.SERVER_PORT, serverPort.longValue());
        }
        for (int i = 0; i < extra.size(); i++) {
            put(labels, keys.extra.get(i), extra.get(i));
        }
        if (withError) {
            put(labels, GenAiAttributes.ERROR_TYPE, errorType);
        }
        return labels.build();
    }

    /** The value of a label that the host allowed onto metrics: the context's or the request's; null if both have none. */
    static @Nullable String extra(CallStart call, AttributeKey<String> key) {
        String value = value(call.callContext(), key);
        return value == null ? call.request().attributes().get(key) : value;
    }

    private static @Nullable String value(CallContext context, AttributeKey<String> key) {
        return switch (key.getKey()) {
            case "user.id" -> context.user();
            case "session.id" -> context.session();
            case "gen_ai.conversation.id" -> context.conversation();
            case "llm.prompt.name" -> context.promptName();
            case "llm.prompt.version" -> context.promptVersion();
            case "llm.experiment.variant" -> context.variant();
            default -> null;
        };
    }

    private static void put(AttributesBuilder labels, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            labels.put(key, value);
        }
    }

    /** The label names of this telemetry, in their order. */
    static final class Keys {

        private final List<AttributeKey<String>> providers;
        private final List<AttributeKey<String>> extra;
        private final List<AttributeKey<?>> call;
        private final List<AttributeKey<?>> callWithError;

        Keys(List<Generation> generations, List<AttributeKey<String>> extra) {
            this.extra = List.copyOf(extra);
            providers =
                    generations.stream().map(Generation::provider).distinct().toList();
            call = new ArrayList<>(List.of(GenAiAttributes.OPERATION_NAME));
            call.addAll(providers);
            call.addAll(List.of(
                    GenAiAttributes.REQUEST_MODEL,
                    GenAiAttributes.RESPONSE_MODEL,
                    GenAiAttributes.SERVER_ADDRESS,
                    GenAiAttributes.SERVER_PORT));
            call.addAll(extra);
            callWithError = new ArrayList<>(call);
            callWithError.add(GenAiAttributes.ERROR_TYPE);
        }

        List<AttributeKey<String>> extra() {
            return extra;
        }

        List<AttributeKey<?>> call() {
            return call;
        }

        List<AttributeKey<?>> callWithError() {
            return callWithError;
        }
    }
}
