package io.bookstore.simulator.fit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes spans in the literal shape of OTLP's JSON: ids in hexadecimal digits, 64-bit numbers as text. */
final class SpanText {

    private static final ObjectMapper json = new ObjectMapper();
    private static int spans;

    private final ObjectNode span = json.createObjectNode();
    private final long startNanos;

    private SpanText(Instant start, double durationMs) {
        startNanos = start.getEpochSecond() * 1_000_000_000 + start.getNano();
        spans++;
        span.put("traceId", String.format(Locale.ROOT, "%032x", spans))
                .put("spanId", String.format(Locale.ROOT, "%016x", spans))
                .put("parentSpanId", "")
                .put("name", "chat gpt-4o")
                .put("kind", 3)
                .put("startTimeUnixNano", String.valueOf(startNanos))
                .put("endTimeUnixNano", at(durationMs));
        span.putArray("attributes");
        span.putArray("events");
        span.putObject("status");
    }

    static SpanText of(Instant start, double durationMs) {
        return new SpanText(start, durationMs);
    }

    /** A streamed chat by the current conventions, without the time of its first chunk. */
    static SpanText chat(Call call) {
        return of(call.time(), call.durationMs())
                .text("gen_ai.operation.name", "chat")
                .text("gen_ai.provider.name", "openai")
                .text("gen_ai.request.model", "gpt-4o")
                .whole("gen_ai.usage.input_tokens", call.uncachedTokens())
                .whole("gen_ai.usage.output_tokens", call.outputTokens());
    }

    /** The same with it. */
    static SpanText streamed(Call call) {
        Double ttftMs = call.ttftMs();
        return ttftMs == null ? chat(call) : chat(call).number("gen_ai.response.time_to_first_chunk", ttftMs / 1_000);
    }

    SpanText text(String key, String value) {
        attribute(span, key).put("stringValue", value);
        return this;
    }

    SpanText whole(String key, long value) {
        attribute(span, key).put("intValue", String.valueOf(value));
        return this;
    }

    SpanText number(String key, double value) {
        attribute(span, key).put("doubleValue", value);
        return this;
    }

    SpanText kind(int kind) {
        span.put("kind", kind);
        return this;
    }

    SpanText failed(String errorType) {
        span.putObject("status").put("code", 2);
        return text("error.type", errorType);
    }

    SpanText inside(SpanText parent) {
        span.set("traceId", parent.span.get("traceId"));
        span.set("parentSpanId", parent.span.get("spanId"));
        return this;
    }

    SpanText event(String name, double ms) {
        event(name).put("timeUnixNano", at(ms));
        return this;
    }

    SpanText attempt(double ms, int status) {
        ObjectNode event = event("llm.attempt").put("timeUnixNano", at(ms));
        event.putArray("attributes");
        attribute(event, "http.response.status_code").put("intValue", String.valueOf(status));
        return this;
    }

    private ObjectNode event(String name) {
        return ((ArrayNode) span.get("events")).addObject().put("name", name);
    }

    private String at(double ms) {
        return String.valueOf(startNanos + Math.round(ms * 1e6));
    }

    private static ObjectNode attribute(ObjectNode owner, String key) {
        return ((ArrayNode) owner.get("attributes")).addObject().put("key", key).putObject("value");
    }

    /** An export with these spans, on one line. */
    static String export(SpanText... spans) {
        ObjectNode export = json.createObjectNode();
        ObjectNode resource = export.putArray("resourceSpans").addObject();
        resource.putObject("resource");
        ArrayNode list = resource.putArray("scopeSpans").addObject().putArray("spans");
        for (SpanText each : spans) {
            list.add(each.span);
        }
        return export.toString();
    }

    /** Exports of three spans each, as a batch of a client has them. */
    static List<String> exports(List<SpanText> spans) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < spans.size(); i += 3) {
            lines.add(export(spans.subList(i, Math.min(spans.size(), i + 3)).toArray(SpanText[]::new)));
        }
        return lines;
    }
}
