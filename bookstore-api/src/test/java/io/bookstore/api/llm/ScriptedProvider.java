package io.bookstore.api.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An Anthropic server that does to each request what it was told, for failures no well-behaved server shows. */
public final class ScriptedProvider implements AutoCloseable {

    /** An answer to one request. */
    @FunctionalInterface
    public interface Step {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request as it arrived. */
    public record Received(String path, Map<String, String> headers, String body, long nanoTime) {}

    static {
        // Else each small write waits 40 ms for the acknowledgement of the one before it.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "provider-clock");
        thread.setDaemon(true);
        return thread;
    });

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Step> script = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Step otherwise = stream("A tale of two people.", 12, 7);

    private ScriptedProvider(HttpServer server) {
        this.server = server;
    }

    public static ScriptedProvider start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ScriptedProvider provider = new ScriptedProvider(server);
            server.createContext("/", provider::handle);
            server.setExecutor(provider.threads);
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the provider. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The settings that make the service use this provider. */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bookstore.llm.providers.anthropic.base-url", uri() + "/v1");
        settings.put("bookstore.llm.providers.anthropic.api-key", "test-key");
        settings.put("bookstore.llm.resilience.retry-delay", "1ms");
        return settings;
    }

    /** Gives the answers to the next requests, in order; afterwards each one is answered well. */
    public ScriptedProvider next(Step... steps) {
        script.addAll(List.of(steps));
        return this;
    }

    /** Gives the answer to every request for which there is no step. */
    public ScriptedProvider always(Step step) {
        otherwise = step;
        return this;
    }

    public List<Received> received() {
        return received;
    }

    public void reset() {
        script.clear();
        received.clear();
        otherwise = stream("A tale of two people.", 12, 7);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        exchange.setStreams(new ByteArrayInputStream(bytes), null);
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        received.add(new Received(
                exchange.getRequestURI().getPath(),
                headers,
                new String(bytes, StandardCharsets.UTF_8),
                System.nanoTime()));
        @Nullable Step step = script.poll();
        try (exchange) {
            (step == null ? otherwise : step).answer(exchange);
        }
    }

    /** A complete stream with its usage. */
    public static Step stream(String text, int inputTokens, int outputTokens) {
        return exchange -> {
            OutputStream out = begin(exchange, inputTokens);
            for (String word : text.split("(?<= )", -1)) {
                delta(out, word);
            }
            event(out, "content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}");
            event(
                    out,
                    "message_delta",
                    "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":"
                            + outputTokens + "}}");
            event(out, "message_stop", "{\"type\":\"message_stop\"}");
        };
    }

    /** The start of a stream, and then the end of the connection. */
    public static Step brokenStream() {
        return exchange -> delta(begin(exchange, 10), "Half a ");
    }

    /** The head of a good answer and the beginning of its body, and then the end of the connection. */
    public static Step brokenBody(String contentType, String beginning) {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Type", contentType);
            exchange.sendResponseHeaders(200, 10_000);
            exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    /** A status with a body and headers given as name, value, name, value. */
    public static Step status(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** The answer of another server. */
    public static Step forwardTo(URI server) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return exchange -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()))
                    .header("Content-Type", "application/json")
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (String key : List.of("authorization", "x-api-key", "x-goog-api-key", "anthropic-version")) {
                String value = exchange.getRequestHeaders().getFirst(key);
                if (value != null) {
                    request.header(key, value);
                }
            }
            try {
                HttpResponse<InputStream> answer =
                        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
                answer.headers()
                        .firstValue("Content-Type")
                        .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
                exchange.sendResponseHeaders(answer.statusCode(), 0);
                answer.body().transferTo(exchange.getResponseBody());
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        };
    }

    /** Headers and a first token, then nothing until the latch of the test opens. */
    public static Step silenceAfterTheFirstToken(CountDownLatch until) {
        return exchange -> {
            delta(begin(exchange, 10), "Once ");
            await(until);
        };
    }

    /** Sends one token after the other; opens the latch when the connection is gone, or after five seconds. */
    public static Step tokensUntilNobodyListens(CountDownLatch gone) {
        return exchange -> {
            try {
                OutputStream out = begin(exchange, 10);
                everyBeat(Duration.ofMillis(50), 100, beat -> delta(out, "Once "));
            } finally {
                gone.countDown();
            }
        };
    }

    /** Something that is written a beat apart. */
    @FunctionalInterface
    public interface Beat {
        void write(int beat) throws IOException;
    }

    /** Writes that often, a beat apart, or until nobody reads any more. The fault is that time passes. */
    public static void everyBeat(Duration apart, int beats, Beat writing) throws IOException {
        CompletableFuture<Void> end = new CompletableFuture<>();
        AtomicInteger beat = new AtomicInteger();
        var clock = CLOCK.scheduleAtFixedRate(
                () -> {
                    try {
                        writing.write(beat.get());
                        if (beat.incrementAndGet() == beats) {
                            end.complete(null);
                        }
                    } catch (IOException | RuntimeException e) {
                        end.completeExceptionally(e);
                    }
                },
                0,
                apart.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            end.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        } finally {
            clock.cancel(false);
        }
    }

    /** Stays silent for a while, then gives a good answer. */
    public static Step late(Duration wait, Step step) {
        return exchange -> {
            CountDownLatch over = new CountDownLatch(1);
            var unused = CLOCK.schedule(over::countDown, wait.toMillis(), TimeUnit.MILLISECONDS);
            await(over);
            step.answer(exchange);
        };
    }

    /** Stays silent until the latch of the test opens, then gives a good answer. */
    public static Step after(CountDownLatch until, Step step) {
        return exchange -> {
            await(until);
            step.answer(exchange);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static OutputStream begin(HttpExchange exchange, int inputTokens) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        event(
                out,
                "message_start",
                "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\","
                        + "\"content\":[],\"usage\":{\"input_tokens\":" + inputTokens + ",\"output_tokens\":1}}}");
        event(
                out,
                "content_block_start",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
        return out;
    }

    private static void delta(OutputStream out, String text) throws IOException {
        event(
                out,
                "content_block_delta",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text
                        + "\"}}");
    }

    private static void event(OutputStream out, String name, String data) throws IOException {
        out.write(("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
