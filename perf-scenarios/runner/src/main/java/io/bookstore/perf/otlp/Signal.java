package io.bookstore.perf.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Internal;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric.DataCase;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A signal of OTLP.
 *
 * @param path   where it is sent to
 * @param what   its word in a sentence
 * @param member the member of an export as JSON that holds it
 * @param full   whether a message that was read as this signal has something of it; false for one of the signals after it in
 *               {@link #all}
 * @param sink   takes each export; throws IllegalArgumentException to refuse one
 */
record Signal<T extends Message>(
        String path, String what, String member, Class<T> type, Predicate<T> full, Consumer<T> sink) {

    static final String SPANS = "/v1/traces";
    static final String METRICS = "/v1/metrics";
    static final String LOGS = "/v1/logs";

    /** The most fields of an export; the 8,192 spans that a collector sends at a time have nearly as many. */
    private static final int MOST_FIELDS = 1_000_000;

    static Signal<ExportTraceServiceRequest> spans(Consumer<ExportTraceServiceRequest> sink) {
        return new Signal<>(SPANS, "spans", "resourceSpans", ExportTraceServiceRequest.class, Signal::hasSpans, sink);
    }

    /**
     * Returns the signals so that the first one that {@link #holds} a message is its signal. The times of spans and log records are fixed
     * numbers in fields that the others lack or have as text or message; the points of metrics could be taken for a body of a log record.
     */
    static List<Signal<?>> all(OtlpSink sink) {
        return List.of(
                spans(sink::spans),
                new Signal<>(
                        LOGS,
                        "log records",
                        "resourceLogs",
                        ExportLogsServiceRequest.class,
                        Signal::hasLogs,
                        sink::logs),
                new Signal<>(
                        METRICS,
                        "metrics",
                        "resourceMetrics",
                        ExportMetricsServiceRequest.class,
                        Signal::hasMetrics,
                        sink::metrics));
    }

    /** Takes an export as protobuf or, if {@code asJson}, as JSON. */
    void take(byte[] bytes, boolean asJson) throws IOException {
        Message.Builder export = builder();
        if (asJson) {
            JsonExport.read(bytes, export);
        } else {
            PackedFields.count(export.getDescriptorForType(), bytes, MOST_FIELDS);
            export.mergeFrom(bytes);
        }
        sink.accept(type.cast(export.build()));
    }

    /** Takes an export that is read already; other members than its own are those of other signals. */
    void take(JsonNode tree) throws IOException {
        Message.Builder export = builder();
        JsonExport.read(tree, export);
        sink.accept(type.cast(export.build()));
    }

    /** Returns whether a message is an export of this signal, which the message itself does not tell. */
    boolean holds(byte[] message) {
        try {
            return full.test(type.cast(builder().mergeFrom(message).build()));
        } catch (InvalidProtocolBufferException otherSignal) {
            return false;
        }
    }

    private Message.Builder builder() {
        return Internal.getDefaultInstance(type).newBuilderForType();
    }

    private static boolean hasSpans(ExportTraceServiceRequest export) {
        return export.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .anyMatch(span -> span.getStartTimeUnixNano() != 0);
    }

    private static boolean hasLogs(ExportLogsServiceRequest export) {
        return export.getResourceLogsList().stream()
                .flatMap(resource -> resource.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream())
                .anyMatch(record -> record.getTimeUnixNano() != 0 || record.getObservedTimeUnixNano() != 0);
    }

    private static boolean hasMetrics(ExportMetricsServiceRequest export) {
        return export.getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .anyMatch(metric -> metric.getDataCase() != DataCase.DATA_NOT_SET);
    }
}
