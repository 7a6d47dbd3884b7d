package io.bookstore.llm.internal.profiles;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.internal.call.CallSnapshot;
import io.bookstore.llm.internal.call.CallStart;
import io.bookstore.llm.internal.call.Outcome;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.opentelemetry.api.common.AttributesBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names that Langfuse's ingestion reads, as of langfuse/langfuse 6275144 (2026-08-22). */
final class LangfuseTags implements ProfileTags {

    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

    @Override
    public boolean sumsAllSpans() {
        return true;
    }

    @Override
    public void putStart(AttributesBuilder span, CallStart call) {
        InferenceRequest request = call.request();
        span.put("langfuse.observation.type", request.operation().equals("embeddings") ? "embedding" : "generation");
        span.put("langfuse.observation.model.parameters", ParametersJson.of(request.parameters()));
        putPrompt(span, call.callContext());
    }

    // It drops a generation that has the one without the other, or a version that is no number.
    private static void putPrompt(AttributesBuilder span, CallContext context) {
        String version = context.promptVersion();
        if (context.promptName() != null
                && version != null
                && VERSION.matcher(version).matches()) {
            span.put("langfuse.observation.prompt.name", context.promptName());
            span.put("langfuse.observation.prompt.version", Long.parseLong(version));
        }
    }

    @Override
    public void putEnd(AttributesBuilder span, CallSnapshot call) {
        put(span, "langfuse.observation.model.name", call.model());
        String details = usageDetails(call.usage());
        if (details.length() > 2) {
            span.put("langfuse.observation.usage_details", details);
        }
        if (call.cost() != null) {
            span.put(
                    "langfuse.observation.cost_details",
                    "{\"total\":" + call.cost().usd().toPlainString() + "}");
        }
        if (call.outcome() instanceof Outcome.Failed failed) {
            span.put("langfuse.observation.status_message", failed.errorType());
        }
        Instant began = call.timing().firstChunkAt();
        put(span, "langfuse.observation.completion_start_time", began == null ? null : inMillis(began));
    }

    @Override
    public void putTool(AttributesBuilder span, ToolRequest tool) {
        span.put("langfuse.observation.type", "tool");
    }

    @Override
    public void putAgent(AttributesBuilder span, AgentRequest agent) {
        span.put("langfuse.observation.type", "agent");
    }

    @Override
    public void putRetrieval(AttributesBuilder span) {
        span.put("langfuse.observation.type", "retriever");
    }

    private static String inMillis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static String usageDetails(TokenUsage usage) {
        StringJoiner details = new StringJoiner(",", "{", "}");
        add(details, "input", less(less(usage.input(), usage.cacheRead()), usage.cacheWrite()));
        add(details, "input_cached_tokens", usage.cacheRead());
        add(details, "input_cache_creation", usage.cacheWrite());
        add(details, "output", less(usage.output(), usage.reasoning()));
        add(details, "output_reasoning_tokens", usage.reasoning());
        return details.toString();
    }

    private static void add(StringJoiner details, String name, @Nullable Long count) {
        if (count != null) {
            details.add("\"" + name + "\":" + count);
        }
    }

    private static @Nullable Long less(@Nullable Long total, @Nullable Long part) {
        return total == null || part == null ? total : Long.valueOf(total - part);
    }

    private static void put(AttributesBuilder span, String key, @Nullable String value) {
        if (value != null) {
            span.put(key, value);
        }
    }
}
