package io.bookstore.perf.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
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
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads an export of spans in OTLP's JSON, which the exporters of JavaScript send: ids as hex, whole numbers as texts. Links and
 * trace states are left out.
 */
public final class JsonExport {

    // Half of what protobuf reads again: a value in a value has three levels of JSON and two of protobuf.
    private static final int MOST_LEVELS = 100;

    /** The most objects, arrays and values; a batch of 512 spans has some forty thousand. */
    private static final int MOST_NODES = 500_000;

    private static final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
            .build());

    private JsonExport() {}

    /** @throws IOException if it is no JSON, or has an id or a number of another form */
    public static ExportTraceServiceRequest read(byte[] body) throws IOException {
        checkSize(body);
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        try {
            for (JsonNode resource : json.readTree(body).path("resourceSpans")) {
                ResourceSpans.Builder read = export.addResourceSpansBuilder();
                read.getResourceBuilder()
                        .addAllAttributes(attributes(resource.path("resource").path("attributes")));
                for (JsonNode scope : resource.path("scopeSpans")) {
                    ScopeSpans.Builder spans = read.addScopeSpansBuilder();
                    spans.getScopeBuilder()
                            .setName(scope.path("scope").path("name").asText(""));
                    scope.path("spans").forEach(span -> spans.addSpans(span(span)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        return export.build();
    }

    /** A tree of nodes takes fifty times the bytes of its text if every one of them is empty. */
    private static void checkSize(byte[] body) throws IOException {
        try (JsonParser tokens = json.createParser(body)) {
            int nodes = 0;
            for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                nodes += token.isStructStart() || token.isScalarValue() ? 1 : 0;
                if (nodes > MOST_NODES) {
                    throw new TooLargeException(MOST_NODES + " objects, arrays and values");
                }
            }
        }
    }

    private static Span span(JsonNode node) {
        Span.Builder span = Span.newBuilder()
                .setTraceId(id(node.path("traceId")))
                .setSpanId(id(node.path("spanId")))
                .setParentSpanId(id(node.path("parentSpanId")))
                .setName(node.path("name").asText(""))
                .setKind(kind(node.path("kind")))
                .setStartTimeUnixNano(whole(node.path("startTimeUnixNano")))
                .setEndTimeUnixNano(whole(node.path("endTimeUnixNano")))
                .setStatus(status(node.path("status")))
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

    private static Status status(JsonNode status) {
        JsonNode code = status.path("code");
        Status.StatusCode known =
                code.isTextual() ? Status.StatusCode.valueOf(code.asText()) : Status.StatusCode.forNumber(code.asInt());
        return Status.newBuilder()
                .setCode(known == null ? Status.StatusCode.STATUS_CODE_UNSET : known)
                .setMessage(status.path("message").asText(""))
                .build();
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
            for (JsonNode part : value.path("arrayValue").path("values")) {
                any.getArrayValueBuilder().addValues(value(part));
            }
        } else if (value.has("kvlistValue")) {
            any.getKvlistValueBuilder()
                    .addAllValues(attributes(value.path("kvlistValue").path("values")));
        } else if (value.has("bytesValue")) {
            any.setBytesValue(ByteString.copyFrom(
                    Base64.getDecoder().decode(value.path("bytesValue").asText())));
        }
        return any.build();
    }
}
