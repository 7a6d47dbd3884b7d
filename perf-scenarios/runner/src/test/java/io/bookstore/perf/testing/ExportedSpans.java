package io.bookstore.perf.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The exporter of a service that sends a span of each request, and one of the call to a model within it, to a port. */
final class ExportedSpans {

    private static final int SERVER = 2;
    private static final int INTERNAL = 1;
    private static final int CLIENT = 3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String service;
    private final URI receiver;

    ExportedSpans(String service, int port) {
        this.service = service;
        receiver = URI.create("http://127.0.0.1:" + port + "/v1/traces");
    }

    /**
     * The span of a call to a model.
     *
     * @param traceId  that of the request unless the service loses it
     * @param internal true if its kind is INTERNAL, and not CLIENT
     */
    record Call(String traceId, String name, boolean internal, Map<String, String> attributes) {}

    static String newTraceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static String traceIdOf(String traceparent) {
        return traceparent.split("-")[1];
    }

    /** Sends both spans, and returns when the receiver has them; without one they are lost, which no request notices. */
    void send(String traceId, Instant start, Instant end, Call call) {
        String attributes = call.attributes().entrySet().stream()
                .map(each ->
                        "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(","));
        String export = """
                {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%s"}}]},
                 "scopeSpans":[{"spans":[%s,%s]}]}]}
                """.formatted(
                        service,
                        span(traceId, "", SERVER, start, end, ""),
                        span(call.traceId(), call.name(), call.internal() ? INTERNAL : CLIENT, start, end, attributes));
        try {
            http.send(
                    HttpRequest.newBuilder(receiver)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(export))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException nobodyListens) {
            // An exporter drops what nobody takes.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String span(String traceId, String name, int kind, Instant start, Instant end, String attributes) {
        return """
                {"traceId":"%s","spanId":"%s","name":"%s","kind":%d,"startTimeUnixNano":"%d","endTimeUnixNano":"%d",\
                "attributes":[%s]}""".formatted(traceId, newTraceId().substring(16), name, kind, nanos(start), nanos(end), attributes);
    }

    private static long nanos(Instant moment) {
        return moment.getEpochSecond() * 1_000_000_000 + moment.getNano();
    }
}
