package io.bookstore.api.telemetry;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A collector for OTLP over HTTP: keeps the spans and the headers they came with. */
public final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final Set<String> metrics = ConcurrentHashMap.newKeySet();
    private final Map<String, String> resource = new ConcurrentHashMap<>();
    private final List<String> services = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    public static OtlpReceiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OtlpReceiver receiver = new OtlpReceiver(server);
            server.createContext("/v1/traces", exchange -> {
                boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                receiver.take(ExportTraceServiceRequest.parseFrom(
                        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()));
                String authorization = exchange.getRequestHeaders().getFirst("Authorization");
                receiver.authorizations.add(authorization == null ? "" : authorization);
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.createContext("/v1/metrics", exchange -> {
                boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                receiver.take(ExportMetricsServiceRequest.parseFrom(
                        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(ExportMetricsServiceRequest request) {
        request.getResourceMetricsList()
                .forEach(resource -> resource.getScopeMetricsList()
                        .forEach(scope -> scope.getMetricsList().forEach(metric -> metrics.add(metric.getName()))));
    }

    private void take(ExportTraceServiceRequest request) {
        request.getResourceSpansList().forEach(resource -> {
            resource.getResource()
                    .getAttributesList()
                    .forEach(attribute -> this.resource.put(
                            attribute.getKey(), attribute.getValue().getStringValue()));
            resource.getResource().getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals("service.name"))
                    .forEach(attribute -> services.add(attribute.getValue().getStringValue()));
            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        });
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Span> spans() {
        return spans;
    }

    /** The names of all metrics. */
    Set<String> metrics() {
        return metrics;
    }

    /** The attributes of the last resource that sent spans, lists and numbers as empty texts. */
    Map<String, String> resource() {
        return resource;
    }

    List<String> services() {
        return services;
    }

    List<String> authorizations() {
        return authorizations;
    }

    public static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(KeyValue::getKey, attribute -> switch (attribute
                        .getValue()
                        .getValueCase()) {
                    case STRING_VALUE -> attribute.getValue().getStringValue();
                    case INT_VALUE -> Long.toString(attribute.getValue().getIntValue());
                    case DOUBLE_VALUE -> Double.toString(attribute.getValue().getDoubleValue());
                    case BOOL_VALUE -> Boolean.toString(attribute.getValue().getBoolValue());
                    default -> attribute.getValue().toString();
                }));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
