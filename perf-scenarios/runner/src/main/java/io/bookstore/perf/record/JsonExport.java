package io.bookstore.perf.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads an export of spans in OTLP's JSON, which the exporters of JavaScript send: ids as hex, whole numbers as texts. What no
 * record needs is left out.
 */
final class JsonExport {

    private static final ObjectMapper json = new ObjectMapper();

    private JsonExport() {}

    /** @throws IOException if it is no JSON, or has an id or a number of another form */
    static ExportTraceServiceRequest read(byte[] body) throws IOException {
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        try {
            for (JsonNode resource : json.readTree(body).path("resourceSpans")) {
                ResourceSpans.Builder read = export.addResourceSpansBuilder();
                read.getResourceBuilder()
                        .addAllAttributes(attributes(resource.path("resource").path("attributes")));
                ScopeSpans.Builder spans = read.addScopeSpansBuilder();
                for (JsonNode scope : resource.path("scopeSpans")) {
                    scope.path("spans").forEach(span -> spans.addSpans(span(span)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return export.build();
    }

    private static Span span(JsonNode node) {
        Span.Builder span = Span.newBuilder()
                .setName(node.path("name").asText())
                .setTraceId(id(node.path("traceId")))
                .setSpanId(id(node.path("spanId")))
                .setParentSpanId(id(node.path("parentSpanId")))
                .setKind(kind(node.path("kind")))
                .setStatus(
                        Status.newBuilder().setCode(status(node.path("status").path("code"))))
                .setStartTimeUnixNano(whole(node.path("startTimeUnixNano")))
                .setEndTimeUnixNano(whole(node.path("endTimeUnixNano")))
                .addAllAttributes(attributes(node.path("attributes")));
        for (JsonNode event : node.path("events")) {
            span.addEvents(Span.Event.newBuilder()
                    .setName(event.path("name").asText())
                    .setTimeUnixNano(whole(event.path("timeUnixNano")))
                    .addAllAttributes(attributes(event.path("attributes"))));
        }
        return span.build();
    }

    private static ByteString id(JsonNode hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex.asText("")));
    }

    /** A number as the specification has it; some exporters write the name. */
    private static Span.SpanKind kind(JsonNode kind) {
        Span.SpanKind known =
                kind.isTextual() ? Span.SpanKind.valueOf(kind.asText()) : Span.SpanKind.forNumber(kind.asInt());
        return known == null ? Span.SpanKind.SPAN_KIND_UNSPECIFIED : known;
    }

    private static Status.StatusCode status(JsonNode code) {
        Status.StatusCode known =
                code.isTextual() ? Status.StatusCode.valueOf(code.asText()) : Status.StatusCode.forNumber(code.asInt());
        return known == null ? Status.StatusCode.STATUS_CODE_UNSET : known;
    }

    private static long whole(JsonNode number) {
        return number.isMissingNode() ? 0 : Long.parseLong(number.asText());
    }

    private static List<KeyValue> attributes(JsonNode list) {
        List<KeyValue> attributes = new ArrayList<>();
        for (JsonNode attribute : list) {
            attributes.add(KeyValue.newBuilder()
                    .setKey(attribute.path("key").asText())
                    .setValue(value(attribute.path("value")))
                    .build());
        }
        return attributes;
    }

    private static AnyValue value(JsonNode value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        if (value.has("stringValue")) {
            any.setStringValue(value.path("stringValue").asText());
        } else if (value.has("intValue")) {
            any.setIntValue(whole(value.path("intValue")));
        } else if (value.has("doubleValue")) {
            any.setDoubleValue(value.path("doubleValue").asDouble());
        } else if (value.has("boolValue")) {
            any.setBoolValue(value.path("boolValue").asBoolean());
        } else if (value.has("arrayValue")) {
            value.path("arrayValue")
                    .path("values")
                    .forEach(each -> any.getArrayValueBuilder().addValues(value(each)));
        }
        return any.build();
    }
}
