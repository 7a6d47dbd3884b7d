package io.bookstore.llm.spring.ai;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.EmptyRateLimit;
import org.springframework.ai.chat.metadata.RateLimit;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.aop.framework.AopProxyUtils;

/** Begins and ends the calls of both wrappers; what cannot be read of a request or an answer is left out. */
final class Calls {

    static final InferenceResponse UNREADABLE = InferenceResponse.of(null, TokenUsage.UNKNOWN);

    private static final String MODELS = "org.springframework.ai.";
    private static final String UNKNOWN_PROVIDER = "other";

    // A model does not tell its provider, but its package does.
    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            Map.entry("openai", "openai"),
            Map.entry("anthropic", "anthropic"),
            Map.entry("azure", "azure.ai.openai"),
            Map.entry("bedrock", "aws.bedrock"),
            Map.entry("deepseek", "deepseek"),
            Map.entry("google", "gcp.gemini"),
            Map.entry("mistralai", "mistral_ai"),
            Map.entry("ollama", "ollama"),
            Map.entry("vertexai", "gcp.vertex_ai"));

    private Calls() {}

    /** Returns null if nobody measures, or another wrapper around this one measures the same call. */
    static @Nullable Inference start(
            GenAiTelemetry telemetry, ChatModel model, @Nullable URI endpoint, Prompt prompt, boolean streaming) {
        if (!telemetry.enabled()) {
            return null;
        }
        InferenceRequest.Builder request = read(telemetry, model, prompt);
        Inference inference =
                telemetry.start(request.streaming(streaming).server(endpoint).build());
        if (!inference.measured()) {
            return null;
        }
        inference.content(() -> ContentConversion.input(prompt, model.getDefaultOptions()));
        return inference;
    }

    private static InferenceRequest.Builder read(GenAiTelemetry telemetry, ChatModel model, Prompt prompt) {
        try {
            ChatOptions defaults = model.getDefaultOptions();
            return ChatConversion.request(provider(model), prompt.getOptions(), defaults);
        } catch (Throwable defect) {
            telemetry.defect("read_request", defect);
            return InferenceRequest.chat(provider(model), null);
        }
    }

    static void complete(GenAiTelemetry telemetry, Inference inference, @Nullable ChatResponse response) {
        if (response == null) {
            inference.complete(UNREADABLE);
            return;
        }
        inference.content(() -> ContentConversion.output(response));
        tellLimits(telemetry, inference, response);
        inference.complete(read(telemetry, () -> ChatConversion.response(response)));
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

    private static void tellLimits(GenAiTelemetry telemetry, Inference inference, ChatResponse response) {
        try {
            RateLimit limit = response.getMetadata().getRateLimit();
            if (limit != null && !(limit instanceof EmptyRateLimit)) {
                tellLimit(inference, "requests", limit.getRequestsRemaining());
                tellLimit(inference, "tokens", limit.getTokensRemaining());
            }
        } catch (Throwable defect) {
            telemetry.defect("read_limits", defect);
        }
    }

    private static void tellLimit(Inference inference, String kind, @Nullable Long remaining) {
        if (remaining != null) {
            inference.rateLimitRemaining(kind, remaining);
        }
    }

    /** The conventions' name of a model's provider. */
    static String provider(Object model) {
        String name = AopProxyUtils.ultimateTargetClass(model).getName();
        if (!name.startsWith(MODELS)) {
            return UNKNOWN_PROVIDER;
        }
        String module = name.substring(MODELS.length()).replaceFirst("\\..*", "");
        return PROVIDERS.getOrDefault(module, module);
    }
}
