package io.bookstore.console.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.console.traces.TraceRing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A console on a free port, shared by the tests of a class: each sends as a service of its own and looks at that one. */
final class TestConsole implements AfterAllCallback {

    private final ConsoleServer server = ConsoleServer.start(0, new TraceRing());
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    /** Code that writes spans. */
    interface Service {
        void run(OpenTelemetrySdk telemetry) throws Exception;
    }

    String address() {
        return server.address();
    }

    int port() {
        return URI.create(address()).getPort();
    }

    /** Lets code write spans with OpenTelemetry's SDK, and sends them with its exporter: protobuf, compressed. */
    void send(String service, Service code) throws Exception {
        SdkTracerProvider spans = SdkTracerProvider.builder()
                .setResource(Resource.create(
                        Attributes.builder().put("service.name", service).build()))
                .addSpanProcessor(SimpleSpanProcessor.create(OtlpHttpSpanExporter.builder()
                        .setEndpoint(address() + "/v1/traces")
                        .setCompression("gzip")
                        .build()))
                .build();
        try (OpenTelemetrySdk sdk =
                OpenTelemetrySdk.builder().setTracerProvider(spans).build()) {
            code.run(sdk);
            if (!spans.forceFlush().join(5, TimeUnit.MINUTES).isSuccess()) {
                throw new AssertionError("the console has not taken the spans");
            }
        }
    }

    /** Sends one span with these attributes; returns its trace id. */
    String send(String service, Attributes attributes) throws Exception {
        StringBuilder id = new StringBuilder();
        send(service, sdk -> {
            Span span = sdk.getTracer("test").spanBuilder("call").startSpan();
            span.setAllAttributes(attributes).end();
            id.append(span.getSpanContext().getTraceId());
        });
        return id.toString();
    }

    HttpResponse<String> post(String path, String type, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return json.readTree(get(path).body());
    }

    JsonNode calls(String service, String parameters) throws IOException, InterruptedException {
        return json("/api/calls?service=" + service + parameters).path("calls");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.close();
    }
}
