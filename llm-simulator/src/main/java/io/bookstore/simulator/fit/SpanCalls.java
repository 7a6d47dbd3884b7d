package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls to models in exports of spans, {@code ExportTraceServiceRequest} as OTLP JSON: by the GenAI conventions of
 * OpenTelemetry, their older names, and those of OpenInference, OpenLIT, Traceloop and Vercel's AI SDK.
 */
final class SpanCalls {

    private static final String OPERATION = "gen_ai.operation.name";
    private static final Set<String> CHATS = Set.of("chat", "text_completion", "generate_content");

    // Spans of libraries that name no operation.
    private static final Map<String, String> OPEN_INFERENCE = Map.of("LLM", "chat", "EMBEDDING", "embeddings");
    private static final Map<String, String> TRACELOOP =
            Map.of("chat", "chat", "completion", "text_completion", "embedding", "embeddings", "rerank", "rerank");

    private static final String[] PROVIDER = {"gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system"};
    private static final String[] MODEL = {
        "gen_ai.request.model", "gen_ai.response.model", "llm.model_name", "llm.model.name"
    };
    private static final String[] INPUT = {
        "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.token_count.prompt"
    };
    private static final String[] CACHED = {
        "gen_ai.usage.cache_read.input_tokens",
        "gen_ai.usage.cache_read_input_tokens",
        "llm.token_count.prompt_details.cache_read"
    };
    private static final String[] OUTPUT = {
        "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.token_count.completion"
    };

    /** @param parent the span around it; that of no span if there is none */
    private record SpanCall(int line, String id, String parent, List<Call> calls) {}

    private final LeftOut leftOut;
    private final List<SpanCall> spans = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    SpanCalls(LeftOut leftOut) {
        this.leftOut = leftOut;
    }

    /** Returns whether the value is an export of any signal. */
    static boolean isExport(JsonNode value) {
        return value.has("resourceSpans") || value.has("resourceMetrics") || value.has("resourceLogs");
    }

    void take(int line, JsonNode export) {
        if (!export.has("resourceSpans")) {
            leftOut.add("has metrics or logs, and no spans", line);
            return;
        }
        boolean none = true;
        for (JsonNode resource : export.path("resourceSpans")) {
            for (JsonNode scope : resource.path("scopeSpans")) {
                for (JsonNode span : scope.path("spans")) {
                    none &= !take(line, span, SpanAttributes.of(span));
                }
            }
        }
        if (none) {
            leftOut.add("has no span of a call to a model, with gen_ai.operation.name", line);
        }
    }

    /** Returns whether the span is that of a call to a model. */
    private boolean take(int line, JsonNode span, SpanAttributes attributes) {
        String operation = operation(attributes);
        if (operation.isEmpty() || isServer(span.path("kind").asText())) {
            return false;
        }
        if (!CHATS.contains(operation)) {
            leftOut.add("has a span that is no chat", line);
            return true;
        }
        String trace = span.path("traceId").asText();
        String id = trace + span.path("spanId").asText();
        if (isAgain(span, id)) {
            leftOut.add("has a span that came before, with its traceId and spanId", line);
            return true;
        }
        SpanTimes times = SpanTimes.of(span);
        if (times == null) {
            leftOut.add("has a span without a start and an end after it", line);
            return true;
        }
        try {
            spans.add(
                    new SpanCall(line, id, trace + span.path("parentSpanId").asText(), calls(span, attributes, times)));
        } catch (Implausible e) {
            leftOut.add(e, line);
        }
        return true;
    }

    /** Returns whether the span came before, as when an exporter sends a batch again whose answer it missed. */
    private boolean isAgain(JsonNode span, String id) {
        return !span.path("spanId").asText().isEmpty() && !ids.add(id);
    }

    private static String operation(SpanAttributes attributes) {
        String operation = attributes.text(OPERATION);
        if (operation != null) {
            return operation;
        }
        String kind = attributes.text("openinference.span.kind");
        String named = kind == null
                ? TRACELOOP.get(String.valueOf(attributes.text("llm.request.type")))
                : OPEN_INFERENCE.get(kind);
        return named == null ? "" : named;
    }

    private static boolean isServer(String kind) {
        return kind.equals("2") || kind.equals("SPAN_KIND_SERVER");
    }

    private static List<Call> calls(JsonNode span, SpanAttributes attributes, SpanTimes times) {
        String provider = provider(attributes);
        String model = attributes.text(MODEL);
        List<Call> calls = new ArrayList<>();
        for (JsonNode event : span.path("events")) {
            if (event.path("name").asText().equals("llm.attempt")) {
                Instant time = SpanTimes.instant(event.path("timeUnixNano").asLong(times.endNanos()));
                calls.add(Call.attempt(time, provider, model, SpanStatus.ofAttempt(SpanAttributes.of(event))));
            }
        }
        int status = SpanStatus.of(span, attributes);
        boolean retried = !calls.isEmpty() || attributes.whole("llm.attempts") > 1;
        if (status == SpanStatus.OK && retried) {
            // The time has the failed attempts and their pauses in it.
            calls.add(Call.attempt(times.end(), provider, model, status));
        } else if (!retried || calls.isEmpty()) {
            double[] chunkMs = times.chunkMs();
            calls.add(new Call(
                    times.start(),
                    provider,
                    model,
                    status,
                    status == SpanStatus.OK && !SpanStatus.isCancelled(attributes),
                    Math.max(0, attributes.inputTokens(INPUT) - attributes.inputTokens(CACHED)),
                    attributes.outputTokens(OUTPUT),
                    times.firstMs(attributes),
                    times.durationMs(),
                    chunkMs.length,
                    chunkMs));
        }
        return calls;
    }

    /** Returns the name in small letters: Traceloop writes OpenAI for openai. */
    private static @Nullable String provider(SpanAttributes attributes) {
        String name = attributes.text(PROVIDER);
        return name == null ? null : name.toLowerCase(Locale.ROOT);
    }

    /** Returns the calls; of two spans around each other the inner one, which is nearer to the provider. */
    List<Call> calls() {
        Set<String> around = new HashSet<>();
        spans.forEach(each -> around.add(each.parent));
        List<Call> calls = new ArrayList<>();
        for (SpanCall each : spans) {
            if (around.contains(each.id)) {
                leftOut.add("has a span of a call around another one of the same call", each.line);
            } else {
                calls.addAll(each.calls);
            }
        }
        return calls;
    }
}
