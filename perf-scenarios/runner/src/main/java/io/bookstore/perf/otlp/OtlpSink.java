package io.bookstore.perf.otlp;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;

/** Takes the exports of each signal, on the thread that received them; an IllegalArgumentException refuses one. */
public interface OtlpSink {

    void spans(ExportTraceServiceRequest export);

    void metrics(ExportMetricsServiceRequest export);

    void logs(ExportLogsServiceRequest export);
}
