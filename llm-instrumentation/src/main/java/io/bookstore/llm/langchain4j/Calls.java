package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.InferenceRequest;
import io.bookstore.llm.InferenceResponse;
import io.bookstore.llm.TokenUsage;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Begins and ends the calls of both wrappers; what cannot be read of a request or an answer is left out. */
final class Calls {

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private Calls() {}

    static Inference start(
            GenAiTelemetry telemetry,
            Supplier<ModelProvider> provider,
            ChatRequest request,
            Supplier<ChatRequestParameters> defaults,
            boolean streaming,
            @Nullable URI endpoint) {
        InferenceRequest.Builder builder = read(telemetry, provider, request, defaults, streaming);
        server(builder, endpoint);
        Inference inference = telemetry.start(builder.build());
        inference.content(() -> ContentConversion.input(request));
        return inference;
    }

    private static InferenceRequest.Builder read(
            GenAiTelemetry telemetry,
            Supplier<ModelProvider> provider,
            ChatRequest request,
            Supplier<ChatRequestParameters> defaults,
            boolean streaming) {
        String name = ChatConversion.UNKNOWN_PROVIDER;
        try {
            name = ChatConversion.provider(provider.get());
            return ChatConversion.request(name, request, defaults.get(), streaming);
        } catch (Throwable defect) {
            telemetry.defect("read_request", defect);
            return InferenceRequest.chat(name, null).streaming(streaming);
        }
    }

    /** Whether nobody measures, or the same kind of call is being measured around this one, which then adds nothing. */
    static boolean nothingToMeasure(GenAiTelemetry telemetry, String operation) {
        if (!telemetry.enabled()) {
            return true;
        }
        Inference outer = Inference.current();
        return outer != null && outer.request().operation().equals(operation);
    }

    static void complete(GenAiTelemetry telemetry, Inference inference, @Nullable ChatResponse response) {
        if (response == null) {
            inference.complete(InferenceResponse.of(null, TokenUsage.UNKNOWN));
            return;
        }
        inference.content(() -> ContentConversion.output(response));
        complete(telemetry, inference, () -> ChatConversion.response(response, usage(telemetry, response)));
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

    static void complete(GenAiTelemetry telemetry, Inference inference, Supplier<InferenceResponse> reader) {
        InferenceResponse read;
        try {
            read = reader.get();
        } catch (Throwable defect) {
            telemetry.defect("read_response", defect);
            read = InferenceResponse.of(null, TokenUsage.UNKNOWN);
        }
        inference.complete(read);
    }

    static void server(InferenceRequest.Builder builder, @Nullable URI endpoint) {
        if (endpoint != null) {
            builder.server(endpoint.getHost(), port(endpoint));
        }
    }

    private static int port(URI endpoint) {
        if (endpoint.getPort() > 0) {
            return endpoint.getPort();
        }
        return "http".equals(endpoint.getScheme()) ? HTTP_PORT : HTTPS_PORT;
    }
}
