package io.bookstore.perf.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.util.List;

/**
 * The name of a log record that is an event. It is a field since version 1.5 of OTLP, which the schema of this module does not have yet;
 * before, it was an attribute.
 */
public final class EventName {

    private static final int FIELD = 12;

    private EventName() {}

    /** Returns the name; empty for a log record that is no event. */
    public static String of(LogRecord record) {
        List<ByteString> field = record.getUnknownFields().getField(FIELD).getLengthDelimitedList();
        if (!field.isEmpty()) {
            return field.get(field.size() - 1).toStringUtf8();
        }
        String attribute = SpanAttributes.of(record.getAttributesList()).text("event.name");
        return attribute == null ? "" : attribute;
    }

    static void set(LogRecord.Builder record, String name) {
        UnknownFieldSet.Field text = UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(name))
                .build();
        record.setUnknownFields(
                UnknownFieldSet.newBuilder().addField(FIELD, text).build());
    }
}
