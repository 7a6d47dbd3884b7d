package io.bookstore.genai.spans;

import io.bookstore.llm.testing.Finding;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.perf.otlp.EventName;
import io.bookstore.perf.otlp.ModelOperation;
import io.bookstore.perf.otlp.OtlpSink;
import io.bookstore.perf.otlp.SpanAttributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Judges exports one after the other, on any thread. Of departures that differ in their example alone it keeps the first, and counts. */
final class Judgement implements OtlpSink {

    /** The most departures that are kept: if a name has an id in it, those of each span are different ones. */
    private static final int MOST_DEPARTURES = 1_000;

    private static final String NAMESPACE = "gen_ai.";

    private final GenAiConformance conformance;
    private final Consumer<Departure> firstSight;
    private final Map<String, ServiceTelemetry> services = new LinkedHashMap<>();
    private final Map<Kind, Departure> first = new LinkedHashMap<>();
    private final Map<Departure, Long> times = new LinkedHashMap<>();
    private Counts judged = Counts.NONE;
    private Counts others = Counts.NONE;
    private long calls;
    private long foreignCalls;
    private long uncounted;

    /** @param firstSight gets each departure when it is seen first, on the thread of its export */
    Judgement(GenAiConformance conformance, Consumer<Departure> firstSight) {
        this.conformance = conformance;
        this.firstSight = firstSight;
    }

    @Override
    public synchronized void spans(ExportTraceServiceRequest export) {
        export.getResourceSpansList().forEach(resource -> {
            String service = name(resource.getResource());
            resource.getScopeSpansList().forEach(scope -> scope.getSpansList().forEach(span -> judge(span, service)));
        });
    }

    @Override
    public synchronized void metrics(ExportMetricsServiceRequest export) {
        export.getResourceMetricsList().forEach(resource -> {
            String service = name(resource.getResource());
            resource.getScopeMetricsList()
                    .forEach(scope -> scope.getMetricsList().forEach(metric -> judge(metric, service)));
        });
    }

    @Override
    public synchronized void logs(ExportLogsServiceRequest export) {
        export.getResourceLogsList().forEach(resource -> {
            String service = name(resource.getResource());
            resource.getScopeLogsList()
                    .forEach(scope -> scope.getLogRecordsList().forEach(record -> judge(record, service)));
        });
    }

    /** Returns the calls to models that have come, those by other names included. */
    synchronized long calls() {
        return calls + foreignCalls;
    }

    /** Returns the result so far. A metric that is missing is seen here alone, for it may come with the last export. */
    synchronized Verdict verdict() {
        services.forEach((service, telemetry) ->
                telemetry.missingMetrics(conformance).forEach(finding -> add(new Departure(finding, service, "", ""))));
        return new Verdict(judged, others, calls, foreignCalls, times, uncounted);
    }

    private void judge(Span span, String service) {
        boolean call = ModelOperation.of(SpanAttributes.of(span.getAttributesList())) != null;
        if (span.getAttributesList().stream()
                .noneMatch(attribute -> attribute.getKey().startsWith(NAMESPACE))) {
            others = others.plusSpan();
            foreignCalls += call ? 1 : 0;
            return;
        }
        judged = judged.plusSpan();
        calls += call ? 1 : 0;
        SpanData data = SdkData.of(span);
        telemetry(service).add(data);
        for (Finding finding : conformance.checkSpans(List.of(data))) {
            add(departure(finding, service, data.getSpanContext()));
        }
    }

    private void judge(Metric metric, String service) {
        SdkMetric data = SdkMetric.of(metric);
        boolean firstOfName = telemetry(service).add(data);
        boolean named = metric.getName().startsWith(NAMESPACE);
        if (firstOfName) {
            judged = named ? judged.plusMetric() : judged;
            others = named ? others : others.plusMetric();
        }
        conformance.checkMetrics(List.of(data)).forEach(finding -> add(new Departure(finding, service, "", "")));
    }

    private void judge(LogRecord record, String service) {
        if (!EventName.of(record).startsWith(NAMESPACE)) {
            others = others.plusLogRecord();
            return;
        }
        judged = judged.plusLogRecord();
        LogRecordData data = SdkData.of(record);
        for (Finding finding : conformance.checkEvents(List.of(data))) {
            add(departure(finding, service, data.getSpanContext()));
        }
    }

    private static Departure departure(Finding finding, String service, SpanContext span) {
        return span.isValid()
                ? new Departure(finding, service, span.getTraceId(), span.getSpanId())
                : new Departure(finding, service, "", "");
    }

    private void add(Departure departure) {
        Kind kind = new Kind(departure.finding(), departure.service());
        Departure known = first.get(kind);
        if (known != null) {
            times.merge(known, 1L, Long::sum);
        } else if (first.size() < MOST_DEPARTURES) {
            first.put(kind, departure);
            times.put(departure, 1L);
            firstSight.accept(departure);
        } else {
            uncounted++;
        }
    }

    private ServiceTelemetry telemetry(String service) {
        return services.computeIfAbsent(service, name -> new ServiceTelemetry());
    }

    private static String name(Resource resource) {
        String name = SpanAttributes.of(resource.getAttributesList()).text("service.name");
        return name == null ? "" : name;
    }

    private record Kind(Finding finding, String service) {}
}
