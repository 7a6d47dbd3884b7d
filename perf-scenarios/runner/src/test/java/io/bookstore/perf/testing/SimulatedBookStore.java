package io.bookstore.perf.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
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
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A service that has its summaries written by a real simulator and counts as the BookStore API does: retries, tokens, cost.
 * The test chooses its defects and those of the simulator.
 */
public final class SimulatedBookStore implements AutoCloseable {

    /** The defects that a test can choose. */
    public enum Defect {
        /** Its metrics have half of the cost that its answers tell. */
        HALF_OF_THE_COST,
        /** Its answers tell twice the tokens that its metrics have. */
        TWICE_THE_TOKENS,
        /** It keeps the first summary for ever. */
        CACHE,
        /** The same, and each answer tells the tokens of the first. */
        TELLING_CACHE,
        /** The cache of {@link #TELLING_CACHE}, of which no answer tells. */
        SILENT_CACHE,
        /** It counts each request three times, as if two more had come. */
        REQUESTS_OF_OTHERS,
        /** Its spans are in traces of its own, whatever {@code traceparent} says. */
        TRACES_OF_ITS_OWN,
        /** The spans of its calls are in traces of their own. */
        CALLS_IN_OTHER_TRACES,
        /** It sends the provider no id of the request. */
        NO_ID_FOR_THE_PROVIDER,
        /** The spans of its calls have the kind INTERNAL. */
        INTERNAL_SPANS,
        /** Its answers and metrics have a cost of 0. */
        FREE,
        /** Its answers tell no cost. */
        WITHOUT_COST
    }

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 3;
    private static final String QUICK = "zero";
    private static final int NO_SPANS = 0;
    private static final double INPUT_USD = 2.5e-6;
    private static final double OUTPUT_USD = 10e-6;

    private static final ObjectMapper json = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatorServer simulator;
    private final Set<Defect> defects;
    private final Duration patience;
    private final int otlpPort;
    private final ExportedSpans spans;
    private final AtomicReference<@Nullable JsonNode> kept = new AtomicReference<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong input = new AtomicLong();
    private final AtomicLong output = new AtomicLong();

    private SimulatedBookStore(
            Set<Defect> defects, Duration patience, String profile, int otlpPort, FaultRule... faults) {
        this.defects = defects;
        this.patience = patience;
        this.otlpPort = otlpPort;
        this.spans = new ExportedSpans("helpdesk", otlpPort);
        SimulatorConfig config = SimulatorConfig.defaults().withPort(0).withProfile(profile);
        this.simulator =
                SimulatorServer.start(config.withBehaviour(config.behaviour().withFaults(faults)));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/health", exchange -> answer(exchange, 200, health()));
        server.createContext("/metrics", exchange -> answer(exchange, 200, metrics()));
        server.createContext("/api/v1/Books", this::summarize);
        server.start();
    }

    /** A service without a defect, of a provider with these. */
    public static SimulatedBookStore ofProvider(FaultRule... faults) {
        return new SimulatedBookStore(Set.of(), PATIENCE, QUICK, NO_SPANS, faults);
    }

    /** The same, with a service that gives up an attempt after 400 ms. */
    public static SimulatedBookStore impatientWithProvider(FaultRule... faults) {
        return new SimulatedBookStore(Set.of(), Duration.ofMillis(400), QUICK, NO_SPANS, faults);
    }

    /** A service with these defects. */
    public static SimulatedBookStore with(Defect... defects) {
        return new SimulatedBookStore(Set.of(defects), PATIENCE, QUICK, NO_SPANS);
    }

    /** A service with these defects whose answers take 0.7 s, and that sends a span of each request and call to that port. */
    public static SimulatedBookStore sendingSpansTo(int otlpPort, Defect... defects) {
        return new SimulatedBookStore(Set.of(defects), PATIENCE, "fixed", otlpPort);
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        simulator.close();
    }

    private void summarize(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        JsonNode first = kept.get();
        boolean caching = has(Defect.CACHE) || has(Defect.TELLING_CACHE) || has(Defect.SILENT_CACHE);
        if (first != null && caching) {
            answer(exchange, 200, summary(has(Defect.CACHE) ? null : first, 0, "hit"));
            return;
        }
        String key = exchange.getRequestHeaders().getFirst("X-Request-Id");
        Instant start = Instant.now();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            JsonNode usage = attempt(key);
            if (usage != null) {
                calls.incrementAndGet();
                input.addAndGet(usage.path("prompt_tokens").asLong());
                output.addAndGet(usage.path("completion_tokens").asLong());
                kept.set(usage);
                sendSpans(exchange.getRequestHeaders().getFirst("traceparent"), start, Instant.now());
                answer(exchange, 200, summary(usage, attempt, caching ? "miss" : "bypass"));
                return;
            }
        }
        calls.incrementAndGet();
        answer(exchange, 503, "{\"status\":503}");
    }

    /** The usage of a whole answer; null if there was none. */
    private @Nullable JsonNode attempt(String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(simulator.baseUrl().resolve("/v1/chat/completions"))
                .timeout(patience)
                .header("Authorization", "Bearer any")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"Summarise Emma by Jane Austen.\"}]}"));
        if (!has(Defect.NO_ID_FOR_THE_PROVIDER)) {
            request.header("X-Request-Id", key);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? json.readTree(response.body()).path("usage") : null;
        } catch (IOException failed) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** A server span and that of the one call within it, which both end before the answer goes out. */
    private void sendSpans(String traceparent, Instant start, Instant end) {
        if (otlpPort == NO_SPANS) {
            return;
        }
        String ofRequest =
                has(Defect.TRACES_OF_ITS_OWN) ? ExportedSpans.newTraceId() : ExportedSpans.traceIdOf(traceparent);
        String ofCall = has(Defect.CALLS_IN_OTHER_TRACES) ? ExportedSpans.newTraceId() : ofRequest;
        spans.send(
                ofRequest,
                start,
                end,
                new ExportedSpans.Call(
                        ofCall,
                        "chat gpt-4o",
                        has(Defect.INTERNAL_SPANS),
                        Map.of(
                                "gen_ai.operation.name", "chat",
                                "gen_ai.request.model", "gpt-4o",
                                "gen_ai.provider.name", "openai")));
    }

    private String summary(@Nullable JsonNode usage, int attempts, String cache) {
        long factor = has(Defect.TWICE_THE_TOKENS) ? 2 : 1;
        long in = usage == null ? 0 : factor * usage.path("prompt_tokens").asLong();
        long out = usage == null ? 0 : factor * usage.path("completion_tokens").asLong();
        String tokens = usage == null ? "" : "\"inputTokens\":%d,\"outputTokens\":%d,".formatted(in, out);
        String cost = has(Defect.WITHOUT_COST)
                ? ""
                : String.format(Locale.ROOT, "\"costUsd\":%.6f,", has(Defect.FREE) ? 0 : usd(in, out));
        String told = has(Defect.SILENT_CACHE) ? "" : ",\"cache\":\"" + cache + "\"";
        return "{\"aiGeneratedSummary\":\"Short.\",\"provider\":\"openai\",\"model\":\"gpt-4o\",%s%s\"attempts\":%d%s}"
                .formatted(tokens, cost, attempts, told);
    }

    private String health() {
        return "{\"details\":{\"llm\":{\"provider\":\"openai\",\"simulated\":true,\"simulatorUrl\":\"%s\"}}}"
                .formatted(simulator.baseUrl());
    }

    private String metrics() {
        double usd = usd(input.get(), output.get()) * (has(Defect.FREE) ? 0 : has(Defect.HALF_OF_THE_COST) ? 0.5 : 1);
        return String.format(
                Locale.ROOT,
                """
                http_server_request_duration_seconds_count{http_route="/api/v1/Books/{bookId}/generate-summary",error_type="none"} %d
                %s\
                llm_tokens_total{gen_ai_request_model="gpt-4o",gen_ai_token_type="input"} %d
                llm_tokens_total{gen_ai_request_model="gpt-4o",gen_ai_token_type="output"} %d
                llm_cost_usd_total{gen_ai_request_model="gpt-4o"} %.6f
                """,
                requests.get() * (has(Defect.REQUESTS_OF_OTHERS) ? 3 : 1),
                DurationMetric.after(calls.get()),
                input.get(),
                output.get(),
                usd);
    }

    private static double usd(long input, long output) {
        return input * INPUT_USD + output * OUTPUT_USD;
    }

    private boolean has(Defect defect) {
        return defects.contains(defect);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
