package io.bookstore.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A collector for OTLP over HTTP and protobuf: keeps the spans, the names of metrics, and the headers of both. */
public final class OtlpReceiver implements AutoCloseable {

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final Set<String> metrics = ConcurrentHashMap.newKeySet();
    private final Map<String, Object> resource = new ConcurrentHashMap<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Set<String> paths = ConcurrentHashMap.newKeySet();

    private OtlpReceiver(HttpServer server) {
        this.server = server;
    }

    public static OtlpReceiver start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OtlpReceiver receiver = new OtlpReceiver(server);
            server.createContext("/", receiver::receive);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        paths.add(path);
        if (path.endsWith("/v1/traces")) {
            receiveTraces(exchange);
        } else if (path.endsWith("/v1/metrics")) {
            receiveMetrics(exchange);
        } else {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        }
    }

    private void receiveTraces(HttpExchange exchange) throws IOException {
        try (InputStream body = body(exchange)) {
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(sender -> {
                resource.putAll(attributes(sender.getResource().getAttributesList()));
                sender.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
            });
        }
        answer(exchange);
    }

    private void receiveMetrics(HttpExchange exchange) throws IOException {
        try (InputStream body = body(exchange)) {
            ExportMetricsServiceRequest.parseFrom(body)
                    .getResourceMetricsList()
                    .forEach(sender -> sender.getScopeMetricsList()
                            .forEach(scope -> scope.getMetricsList().forEach(metric -> metrics.add(metric.getName()))));
        }
        answer(exchange);
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    private void answer(HttpExchange exchange) throws IOException {
        authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Its address without a slash at the end, as {@code OTEL_EXPORTER_OTLP_ENDPOINT} has it. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans received so far. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The attributes of the spans received so far, in the order of their starts. */
    public List<Map<String, Object>> attributesInOrder() {
        return spans.stream()
                .sorted(Comparator.comparing(Span::getStartTimeUnixNano))
                .map(OtlpReceiver::attributes)
                .toList();
    }

    /** The names of the metrics received so far. */
    public Set<String> metrics() {
        return Set.copyOf(metrics);
    }

    /** The attributes of the resources that have sent spans. */
    public Map<String, Object> resource() {
        return Map.copyOf(resource);
    }

    /** The paths that have been asked for: a viewer may have its OTLP below one of its own. */
    public Set<String> paths() {
        return Set.copyOf(paths);
    }

    /** The {@code Authorization} headers that have come with requests. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** The attributes of a span: texts, {@code Long}, {@code Double}, {@code Boolean}, and lists of them. */
    public static Map<String, Object> attributes(Span span) {
        return attributes(span.getAttributesList());
    }

    private static Map<String, Object> attributes(List<KeyValue> list) {
        Map<String, Object> attributes = new TreeMap<>();
        list.forEach(attribute -> attributes.put(attribute.getKey(), value(attribute.getValue())));
        return attributes;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(OtlpReceiver::value)
                        .toList();
            default -> value.getStringValue();
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
