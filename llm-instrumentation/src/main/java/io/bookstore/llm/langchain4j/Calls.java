package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Begins and ends the calls of both wrappers; what cannot be read of a request or an answer is left out. */
final class Calls {

    private static final InferenceResponse UNREADABLE = InferenceResponse.of(null, TokenUsage.UNKNOWN);

    private Calls() {}

    /**
     * A model as its wrapper knows it. It is made once, and asked at each call, since what a model says of itself may throw.
     */
    record Model(
            Supplier<ModelProvider> provider,
            Supplier<ChatRequestParameters> defaults,
            boolean streaming,
            @Nullable URI endpoint) {}

    /** Returns null if nobody measures, or another wrapper around this one measures the same call. */
    static @Nullable Inference start(GenAiTelemetry telemetry, Model model, ChatRequest request) {
        if (!telemetry.enabled()) {
            return null;
        }
        InferenceRequest.Builder builder = read(telemetry, model, request);
        Inference inference = telemetry.start(builder.server(model.endpoint()).build());
        if (!inference.measured()) {
            return null;
        }
        inference.content(() -> ContentConversion.input(request));
        return inference;
    }

    private static InferenceRequest.Builder read(GenAiTelemetry telemetry, Model model, ChatRequest request) {
        String provider = ChatConversion.UNKNOWN_PROVIDER;
        try {
            provider = ChatConversion.provider(model.provider().get());
            return ChatConversion.request(provider, request, model.defaults().get(), model.streaming());
        } catch (Throwable defect) {
            telemetry.defect("read_request", defect);
            return InferenceRequest.chat(provider, null).streaming(model.streaming());
        }
    }

    static void complete(GenAiTelemetry telemetry, Inference inference, @Nullable ChatResponse response) {
        if (response == null) {
            inference.complete(UNREADABLE);
            return;
        }
        inference.content(() -> ContentConversion.output(response));
        inference.complete(read(telemetry, () -> ChatConversion.response(response, usage(telemetry, response))));
    }

    /** Reads an answer; if the reader fails, an answer that tells nothing. */
    static InferenceResponse read(GenAiTelemetry telemetry, Supplier<InferenceResponse> reader) {
        try {
            return reader.get();
        } catch (Throwable defect) {
            telemetry.defect("read_response", defect);
            return UNREADABLE;
        }
    }

    private static TokenUsage usage(GenAiTelemetry telemetry, ChatResponse response) {
        TokenUsage usage = UsageReader.read(response.tokenUsage());
        try {
            return UsageReader.withCacheLifetime(usage, response.metadata());
        } catch (Throwable defect) {
            telemetry.defect("read_cache_lifetime", defect);
            return usage;
        }
    }
}
