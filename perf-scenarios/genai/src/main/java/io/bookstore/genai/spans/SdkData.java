package io.bookstore.genai.spans;

import com.google.protobuf.ByteString;
import io.bookstore.perf.otlp.EventName;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.HexFormat;

/** Spans and log records of an export in the SDK's form, with what the checker looks at. */
final class SdkData {

    private SdkData() {}

    static SpanData of(Span span) {
        return TestSpanData.builder()
                .setName(span.getName())
                .setKind(kind(span.getKind()))
                .setSpanContext(context(span.getTraceId(), span.getSpanId()))
                .setStartEpochNanos(span.getStartTimeUnixNano())
                .setEndEpochNanos(span.getEndTimeUnixNano())
                .setHasEnded(true)
                .setStatus(status(span.getStatus()))
                .setAttributes(SdkAttributes.of(span.getAttributesList()))
                .build();
    }

    static LogRecordData of(LogRecord record) {
        return TestLogRecordData.builder()
                .setEventName(EventName.of(record))
                .setSpanContext(context(record.getTraceId(), record.getSpanId()))
                .setAttributes(SdkAttributes.of(record.getAttributesList()))
                .build();
    }

    /** Ids of another length than the specification's make an invalid context, as does a record outside of any span. */
    private static SpanContext context(ByteString traceId, ByteString spanId) {
        HexFormat hex = HexFormat.of();
        return SpanContext.create(
                hex.formatHex(traceId.toByteArray()),
                hex.formatHex(spanId.toByteArray()),
                TraceFlags.getSampled(),
                TraceState.getDefault());
    }

    /** The specification lets a receiver take a span without a kind for an internal one. */
    private static SpanKind kind(Span.SpanKind kind) {
        return switch (kind) {
            case SPAN_KIND_SERVER -> SpanKind.SERVER;
            case SPAN_KIND_CLIENT -> SpanKind.CLIENT;
            case SPAN_KIND_PRODUCER -> SpanKind.PRODUCER;
            case SPAN_KIND_CONSUMER -> SpanKind.CONSUMER;
            case SPAN_KIND_INTERNAL, SPAN_KIND_UNSPECIFIED, UNRECOGNIZED -> SpanKind.INTERNAL;
        };
    }

    private static StatusData status(Status status) {
        return switch (status.getCode()) {
            case STATUS_CODE_OK -> StatusData.ok();
            case STATUS_CODE_ERROR -> StatusData.error();
            case STATUS_CODE_UNSET, UNRECOGNIZED -> StatusData.unset();
        };
    }
}
