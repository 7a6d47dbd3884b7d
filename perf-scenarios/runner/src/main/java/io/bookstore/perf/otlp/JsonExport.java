package io.bookstore.perf.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Reads an export in OTLP's JSON, which the exporters of JavaScript send: ids as hex, whole numbers as texts, members in the camel case
 * of the schema's fields. Unknown members are passed over.
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

    /**
     * Reads an export of spans.
     *
     * @throws IOException if it is no JSON, or has an id or a number of another form
     */
    public static ExportTraceServiceRequest read(byte[] body) throws IOException {
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        read(body, export);
        return export.build();
    }

    /**
     * Reads an export of any signal into its message.
     *
     * @throws IOException if it is no JSON, or has an id or a number of another form
     */
    static void read(byte[] body, Message.Builder export) throws IOException {
        try (JsonParser parser = parser(new ByteArrayInputStream(body))) {
            if (parser.nextToken() != null) {
                read(tree(parser), export);
            }
            if (parser.nextToken() != null) {
                throw new IOException("there is more after its end");
            }
        }
    }

    /** The same for JSON that is read already. */
    static void read(JsonNode tree, Message.Builder export) throws IOException {
        try {
            fill(export, tree);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Returns a parser of one or more exports, each of a bounded size: a tree of nodes takes fifty times the bytes of its text. */
    static JsonParser parser(InputStream in) throws IOException {
        return new JsonParserDelegate(json.createParser(in)) {

            private int nodes;

            @Override
            public JsonToken nextToken() throws IOException {
                JsonToken token = delegate.nextToken();
                if (token != null) {
                    nodes = getParsingContext().inRoot() ? 0 : nodes + (isNode(token) ? 1 : 0);
                    if (nodes > MOST_NODES) {
                        throw new TooLargeException(MOST_NODES + " objects, arrays and values");
                    }
                }
                return token;
            }
        };
    }

    /** Returns the value whose first token was read last. */
    static JsonNode tree(JsonParser parser) throws IOException {
        return json.readTree(parser);
    }

    private static boolean isNode(JsonToken token) {
        return token.isStructStart() || token.isScalarValue();
    }

    private static void fill(Message.Builder message, JsonNode node) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            JsonNode member = node.path(field.getJsonName());
            if (field.isRepeated()) {
                for (JsonNode element : member) {
                    message.addRepeatedField(field, value(message, field, element));
                }
            } else if (!member.isMissingNode() && !member.isNull()) {
                message.setField(field, value(message, field, member));
            }
        }
        if (message instanceof LogRecord.Builder record && node.hasNonNull("eventName")) {
            EventName.set(record, node.path("eventName").asText());
        }
    }

    private static Object value(Message.Builder parent, FieldDescriptor field, JsonNode node) {
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                Message.Builder message = parent.newBuilderForField(field);
                fill(message, node);
                yield message.build();
            }
            case STRING -> node.asText();
            case LONG -> Long.parseLong(node.asText());
            case INT -> (int) Long.parseLong(node.asText());
            case DOUBLE -> node.asDouble();
            case FLOAT -> (float) node.asDouble();
            case BOOLEAN -> node.asBoolean();
            case ENUM -> constant(field.getEnumType(), node);
            case BYTE_STRING -> ByteString.copyFrom(bytes(field, node.asText()));
        };
    }

    /** The specification differs from protobuf's own JSON here: ids are hex, all other bytes are base64. */
    private static byte[] bytes(FieldDescriptor field, String text) {
        return field.getName().endsWith("_id")
                ? HexFormat.of().parseHex(text)
                : Base64.getDecoder().decode(text);
    }

    /** A number as the specification has it; some exporters write the name. An unknown number is that of a later version: the first one. */
    private static EnumValueDescriptor constant(EnumDescriptor type, JsonNode node) {
        EnumValueDescriptor known =
                node.isTextual() ? type.findValueByName(node.asText()) : type.findValueByNumber(node.asInt());
        if (known == null && node.isTextual()) {
            throw new IllegalArgumentException(node.asText() + " is no " + type.getName());
        }
        return known == null ? type.getValues().get(0) : known;
    }
}
