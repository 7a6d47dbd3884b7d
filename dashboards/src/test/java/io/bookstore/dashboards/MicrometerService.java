package io.bookstore.dashboards;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A help desk of somebody else: the HTTP metrics of Spring Boot's Actuator, the instrumentation library for its calls of a
 * model, which answers at once, and nothing of the BookStore.
 */
final class MicrometerService implements AutoCloseable {

    private static final String ASSIST = "/v1/assist/{id}";
    private static final String TICKETS = "/v1/tickets";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(OpenTelemetry.noop())
            .metrics(MicrometerRecorder.create(registry))
            .build();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;

    private MicrometerService(HttpServer server) {
        this.server = server;
    }

    static MicrometerService start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        MicrometerService service = new MicrometerService(server);
        service.collections.bindTo(service.registry);
        new JvmMemoryMetrics().bindTo(service.registry);
        new JvmThreadMetrics().bindTo(service.registry);
        new ProcessorMetrics().bindTo(service.registry);
        server.createContext("/v1/assist/", exchange -> service.answer(exchange, ASSIST));
        server.createContext(TICKETS, exchange -> service.answer(exchange, TICKETS));
        server.createContext("/actuator/prometheus", service::scrape);
        server.start();
        return service;
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Asks once for help, once for the tickets, and collects garbage, as every service does now and then. */
    void serveSomeRequests() {
        System.gc();
        for (String path : new String[] {"/v1/assist/7", TICKETS}) {
            try {
                client.send(
                        HttpRequest.newBuilder(baseUrl().resolve(path)).build(),
                        HttpResponse.BodyHandlers.discarding());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void answer(HttpExchange exchange, String route) throws IOException {
        Timer.Sample sample = Timer.start(registry);
        if (route.equals(ASSIST)) {
            telemetry
                    .start(InferenceRequest.chat("openai", "gpt-4o-mini").build())
                    .complete(InferenceResponse.of("gpt-4o-mini-2024-07-18", TokenUsage.of(42L, 11L)));
        }
        sample.stop(Timer.builder("http.server.requests")
                .tags("error", "none", "exception", "none", "method", exchange.getRequestMethod())
                .tags("outcome", "SUCCESS", "status", "200", "uri", route)
                .publishPercentileHistogram()
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry));
        send(exchange, "application/json", "{}");
    }

    private void scrape(HttpExchange exchange) throws IOException {
        send(exchange, "text/plain; version=0.0.4", registry.scrape());
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        collections.close();
        registry.close();
    }
}
