package io.bookstore.perf.cli;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HexFormat;

/** A service of somebody else, which sends the span of each request to a collector on a fixed port. */
public final class InstrumentedService implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;
    private final URI collector;

    private InstrumentedService(HttpServer server, int collectorPort) {
        this.server = server;
        this.collector = URI.create("http://127.0.0.1:" + collectorPort + "/v1/traces");
    }

    public static InstrumentedService start(int collectorPort) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        InstrumentedService service = new InstrumentedService(server, collectorPort);
        server.createContext("/orders", service::answer);
        server.start();
        return service;
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        Instant start = Instant.now();
        String parent = exchange.getRequestHeaders().getFirst("traceparent");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
        export(parent.split("-")[1], start, Instant.now());
    }

    private void export(String traceId, Instant start, Instant end) throws IOException {
        ExportTraceServiceRequest.Builder export = ExportTraceServiceRequest.newBuilder();
        export.addResourceSpansBuilder()
                .addScopeSpansBuilder()
                .addSpans(Span.newBuilder()
                        .setKind(Span.SpanKind.SPAN_KIND_SERVER)
                        .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)))
                        .setStartTimeUnixNano(nanos(start))
                        .setEndTimeUnixNano(nanos(end)));
        try {
            http.send(
                    HttpRequest.newBuilder(collector)
                            .header("Content-Type", "application/x-protobuf")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(
                                    export.build().toByteArray()))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
