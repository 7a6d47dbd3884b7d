package io.bookstore.perf.record;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Picks server spans and calls to models out of exported spans, by OpenTelemetry's conventions and the kit's attributes. */
final class SpanReader {

    private static final String OPERATION = "gen_ai.operation.name";

    /** Operations around calls to models, which have spans of their own. */
    static final Set<String> AROUND = Set.of("execute_tool", "invoke_agent", "create_agent", "invoke_workflow");

    /** Providers that are called over a network, by {@code gen_ai.provider.name} and the older {@code gen_ai.system}. */
    private static final Set<String> REMOTE = Set.of(
            "anthropic",
            "aws.bedrock",
            "az.ai.inference",
            "az.ai.openai",
            "azure.ai.inference",
            "azure.ai.openai",
            "cohere",
            "deepseek",
            "gcp.gemini",
            "gcp.gen_ai",
            "gcp.vertex_ai",
            "gemini",
            "groq",
            "ibm.watsonx.ai",
            "mistral_ai",
            "openai",
            "perplexity",
            "vertex_ai",
            "x_ai",
            "xai");

    private static final String ATTEMPT_EVENT = "llm.attempt";

    private SpanReader() {}

    /** Takes the spans that say something about a request. */
    interface Sink {
        void server(String traceId, TraceSpans.Server span);

        void model(String traceId, TraceSpans.Model span);
    }

    static void read(ExportTraceServiceRequest export, Sink sink) {
        for (ResourceSpans resource : export.getResourceSpansList()) {
            AnyValue service =
                    attributes(resource.getResource().getAttributesList()).get("service.name");
            String name = service == null ? "" : service.getStringValue();
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                scope.getSpansList().forEach(span -> read(span, name, sink));
            }
        }
    }

    private static void read(Span span, String service, Sink sink) {
        if (span.getKind() == Span.SpanKind.SPAN_KIND_SERVER) {
            sink.server(
                    hex(span.getTraceId()),
                    new TraceSpans.Server(
                            span.getStartTimeUnixNano(),
                            span.getEndTimeUnixNano(),
                            number(attributes(span.getAttributesList()), RequestRecords.QUEUE_ATTRIBUTE)));
            return;
        }
        Map<String, AnyValue> attributes = attributes(span.getAttributesList());
        AnyValue operation = attributes.get(OPERATION);
        if (operation != null && !AROUND.contains(operation.getStringValue())) {
            sink.model(hex(span.getTraceId()), model(span, service, attributes));
        }
    }

    private static TraceSpans.Model model(Span span, String service, Map<String, AnyValue> attributes) {
        Double firstChunk = number(attributes, "gen_ai.response.time_to_first_chunk");
        return new TraceSpans.Model(
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                whole(attributes, "llm.attempts"),
                failures(span),
                new TraceSpans.Usage(
                        whole(attributes, "gen_ai.usage.input_tokens"),
                        whole(attributes, "gen_ai.usage.output_tokens"),
                        number(attributes, "llm.cost.usd"),
                        firstChunk == null ? null : Micros.rounded(firstChunk * 1_000)),
                span.getKind() == Span.SpanKind.SPAN_KIND_INTERNAL && remote(attributes) ? service : null);
    }

    /** The conventions allow INTERNAL for a model in the process of the service, so the call must tell that it is none. */
    private static boolean remote(Map<String, AnyValue> attributes) {
        return attributes.containsKey("server.address")
                || Stream.of("gen_ai.provider.name", "gen_ai.system")
                        .map(attributes::get)
                        .anyMatch(provider -> provider != null && REMOTE.contains(provider.getStringValue()));
    }

    private static List<TraceSpans.Failure> failures(Span span) {
        List<TraceSpans.Failure> failures = new ArrayList<>();
        for (Span.Event event : span.getEventsList()) {
            if (event.getName().equals(ATTEMPT_EVENT)) {
                Map<String, AnyValue> attributes = attributes(event.getAttributesList());
                Long status = whole(attributes, "http.response.status_code");
                AnyValue error = attributes.get("error.type");
                failures.add(new TraceSpans.Failure(
                        event.getTimeUnixNano(),
                        status == null ? null : Integer.valueOf(status.intValue()),
                        error == null ? null : error.getStringValue()));
            }
        }
        return failures;
    }

    private static Map<String, AnyValue> attributes(List<KeyValue> list) {
        Map<String, AnyValue> attributes = new HashMap<>();
        list.forEach(attribute -> attributes.put(attribute.getKey(), attribute.getValue()));
        return attributes;
    }

    private static @Nullable Long whole(Map<String, AnyValue> attributes, String name) {
        AnyValue value = attributes.get(name);
        return value != null && value.hasIntValue() ? value.getIntValue() : null;
    }

    private static @Nullable Double number(Map<String, AnyValue> attributes, String name) {
        AnyValue value = attributes.get(name);
        if (value == null) {
            return null;
        }
        if (value.hasIntValue()) {
            return (double) value.getIntValue();
        }
        return value.hasDoubleValue() ? value.getDoubleValue() : null;
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
