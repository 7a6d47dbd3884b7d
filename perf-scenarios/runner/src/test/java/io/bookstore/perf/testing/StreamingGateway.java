package io.bookstore.perf.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.latency.Decode;
import io.bookstore.simulator.latency.LatencyModel;
import io.bookstore.simulator.latency.Profile;
import io.bookstore.simulator.latency.Profiles;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that passes on the streams of a real simulator, each 2.2 s long, and takes orders under idempotency keys. A careless
 * one reads a stream to its end although its client has left, and looks at no key; another one hands its first stream out at once.
 */
public final class StreamingGateway implements AutoCloseable {

    private static final Profile FIXED = Profiles.named("fixed");

    // On a busy machine too, the first piece comes long before the last one.
    private static final Profile SLOW = new Profile(
            "slow",
            new LatencyModel(
                    FIXED.latency().prefill(),
                    new Decode(20, 0, 0, 4),
                    FIXED.latency().stall()),
            FIXED.outputLength());

    private final boolean careless;
    private final AtomicInteger toCollect;
    private final SimulatorServer provider =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile(SLOW));
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Order> orders = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();
    private final HttpServer server;

    private StreamingGateway(boolean careless, int toCollect) {
        this.careless = careless;
        this.toCollect = new AtomicInteger(toCollect);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, 404, "{}"));
        server.createContext("/health", exchange -> answer(exchange, 200, health()));
        server.createContext("/stream", this::stream);
        server.createContext("/orders", this::order);
        server.start();
    }

    public static StreamingGateway careless() {
        return new StreamingGateway(true, 0);
    }

    /** Its first stream reaches the client as one piece, as every stream does that waits for a client without a processor. */
    public static StreamingGateway collectingTheFirstStream() {
        return new StreamingGateway(false, 1);
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        provider.close();
    }

    private record Order(String body, String answer) {}

    private String health() {
        return "{\"details\":{\"llm\":{\"provider\":\"openai\",\"simulated\":true,\"simulatorUrl\":\"%s\"}}}"
                .formatted(provider.baseUrl());
    }

    private void stream(HttpExchange exchange) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(provider.baseUrl().resolve("/v1/chat/completions"))
                .header("Authorization", "Bearer any")
                .header("Content-Type", "application/json")
                .header("X-Request-Id", exchange.getRequestHeaders().getFirst("X-Request-Id"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        exchange.getRequestBody().readAllBytes()))
                .build();
        try (exchange;
                InputStream body = http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            boolean collected = toCollect.getAndDecrement() > 0;
            pass(collected ? new ByteArrayInputStream(body.readAllBytes()) : body, exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closing the body early ends the call to the provider; a careless gateway goes on reading. */
    private void pass(InputStream from, OutputStream to) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8));
        boolean gone = false;
        for (String line = lines.readLine(); line != null && !(gone && !careless); line = lines.readLine()) {
            try {
                to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                to.flush();
            } catch (IOException clientLeft) {
                gone = true;
            }
        }
    }

    private void order(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Order order = new Order(body, "{\"id\":" + made.incrementAndGet() + "}");
        Order first = careless
                ? order
                : orders.computeIfAbsent(exchange.getRequestHeaders().getFirst("Idempotency-Key"), key -> order);
        boolean same = first.body().equals(body);
        answer(exchange, same ? 201 : 422, same ? first.answer() : "{\"title\":\"This key has another body.\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
