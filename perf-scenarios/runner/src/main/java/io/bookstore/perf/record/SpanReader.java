package io.bookstore.perf.record;

import com.google.protobuf.ByteString;
import io.bookstore.perf.otlp.ModelOperation;
import io.bookstore.perf.otlp.SpanAttributes;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Picks server spans, calls to models and HTTP requests out of exported spans, by OpenTelemetry's conventions and the kit's
 * attributes.
 */
final class SpanReader {

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

        void request(String traceId, TraceSpans.HttpRequest span);
    }

    static void read(ExportTraceServiceRequest export, Sink sink) {
        for (ResourceSpans resource : export.getResourceSpansList()) {
            String service = SpanAttributes.of(resource.getResource().getAttributesList())
                    .text("service.name");
            String name = service == null ? "" : service;
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
                            SpanAttributes.of(span.getAttributesList()).number(RequestRecords.QUEUE_ATTRIBUTE)));
            return;
        }
        SpanAttributes attributes = SpanAttributes.of(span.getAttributesList());
        if (ModelOperation.of(attributes) != null) {
            sink.model(hex(span.getTraceId()), model(span, service, attributes));
        } else if (span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT
                && attributes.text("http.request.method", "http.method") != null) {
            sink.request(hex(span.getTraceId()), request(span, attributes));
        }
    }

    /** By the stable conventions of HTTP, or those before them. */
    private static TraceSpans.HttpRequest request(Span span, SpanAttributes attributes) {
        Long status = attributes.whole("http.response.status_code", "http.status_code");
        String error = attributes.text("error.type");
        boolean failed = span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
        return new TraceSpans.HttpRequest(
                hex(span.getParentSpanId()),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                status == null ? null : Integer.valueOf(status.intValue()),
                error == null && failed && status == null ? "_OTHER" : error,
                attributes.text("server.address", "net.peer.name"));
    }

    private static TraceSpans.Model model(Span span, String service, SpanAttributes attributes) {
        Double firstChunk = attributes.number("gen_ai.response.time_to_first_chunk");
        return new TraceSpans.Model(
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                attributes.whole("llm.attempts"),
                failures(span),
                new TraceSpans.Usage(
                        attributes.whole("gen_ai.usage.input_tokens"),
                        attributes.whole("gen_ai.usage.output_tokens"),
                        attributes.number("llm.cost.usd"),
                        firstChunk == null ? null : Micros.rounded(firstChunk * 1_000)),
                span.getKind() == Span.SpanKind.SPAN_KIND_INTERNAL && remote(attributes) ? service : null);
    }

    /** The conventions allow INTERNAL for a model in the process of the service, so the call must tell that it is none. */
    private static boolean remote(SpanAttributes attributes) {
        return attributes.values().containsKey("server.address")
                || Stream.of("gen_ai.provider.name", "gen_ai.system")
                        .map(attributes::text)
                        .anyMatch(provider -> provider != null && REMOTE.contains(provider));
    }

    private static List<TraceSpans.Failure> failures(Span span) {
        List<TraceSpans.Failure> failures = new ArrayList<>();
        for (Span.Event event : span.getEventsList()) {
            if (event.getName().equals(ATTEMPT_EVENT)) {
                SpanAttributes attributes = SpanAttributes.of(event.getAttributesList());
                Long status = attributes.whole("http.response.status_code");
                failures.add(new TraceSpans.Failure(
                        event.getTimeUnixNano(),
                        status == null ? null : Integer.valueOf(status.intValue()),
                        attributes.text("error.type")));
            }
        }
        return failures;
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
