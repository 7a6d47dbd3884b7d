package io.bookstore.llm.internal.profiles;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of the OpenInference specification, as of Arize-ai/openinference 1fe497f (2026-08-21). */
final class OpenInferenceTags implements ProfileTags {

    // Phoenix prices by its own names of providers: its trace/gen_ai/conversion.py, 10c483a (2026).
    private static final Map<String, String> PROVIDERS = Map.of(
            "aws.bedrock", "aws",
            "azure.ai.inference", "azure",
            "azure.ai.openai", "azure",
            "gcp.gemini", "google",
            "gcp.gen_ai", "google",
            "gcp.vertex_ai", "google",
            "mistral_ai", "mistralai",
            "x_ai", "xai");

    @Override
    public boolean sumsAllSpans() {
        return true;
    }

    @Override
    public void putStart(AttributesBuilder span, CallStart call) {
        InferenceRequest request = call.request();
        span.put("openinference.span.kind", request.operation().equals("embeddings") ? "EMBEDDING" : "LLM");
        span.put("llm.system", request.provider());
        span.put("llm.provider", PROVIDERS.getOrDefault(request.provider(), request.provider()));
        span.put("llm.invocation_parameters", ParametersJson.of(request.parameters()));
        put(span, "user.id", call.callContext().user());
        put(span, "session.id", call.callContext().session());
    }

    @Override
    public void putEnd(AttributesBuilder span, CallSnapshot call) {
        put(span, "llm.model_name", call.model());
        if (call.start().embeddings()) {
            put(span, "embedding.model_name", call.model());
        }
        TokenUsage usage = call.usage();
        put(span, "llm.token_count.prompt", usage.input());
        put(span, "llm.token_count.completion", usage.output());
        if (usage.input() != null && usage.output() != null) {
            span.put("llm.token_count.total", usage.input() + usage.output());
        }
        put(span, "llm.token_count.prompt_details.cache_read", usage.cacheRead());
        put(span, "llm.token_count.prompt_details.cache_write", usage.cacheWrite());
        put(span, "llm.token_count.completion_details.reasoning", usage.reasoning());
        if (call.cost() != null) {
            span.put("llm.cost.total", call.cost().usd().doubleValue());
        }
    }

    @Override
    public void putTool(AttributesBuilder span, ToolRequest tool) {
        span.put("openinference.span.kind", "TOOL");
        span.put("tool.name", tool.name());
        put(span, "tool.description", tool.description());
    }

    @Override
    public void putAgent(AttributesBuilder span, AgentRequest agent) {
        span.put("openinference.span.kind", "AGENT");
        span.put("agent.name", agent.name());
    }

    @Override
    public void putRetrieval(AttributesBuilder span) {
        span.put("openinference.span.kind", "RETRIEVER");
    }

    private static void put(AttributesBuilder span, String key, @Nullable String value) {
        if (value != null) {
            span.put(key, value);
        }
    }

    private static void put(AttributesBuilder span, String key, @Nullable Long value) {
        if (value != null) {
            span.put(key, value.longValue());
        }
    }
}
