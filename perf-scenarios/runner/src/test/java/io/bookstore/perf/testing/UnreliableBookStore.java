package io.bookstore.perf.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stand-in for the BookStore API and its simulator with the routes that the scripts call; the test chooses its
 * defects.
 */
public final class UnreliableBookStore implements AutoCloseable {

    /** The defects that a test can choose. */
    public enum Defect {
        SLOW_SUMMARIES,
        FAILING_SUMMARIES,
        FAILURES_TOLD_AS_GOOD,
        SUMMARIES_WITHOUT_USAGE,
        REFUSALS_WITHOUT_RETRY_AFTER,
        FAILURES_AS_HTML,
        SLOW_BOOKS,
        FAILING_BOOKS,
        SLOW_ERRORS,
        WRONG_ERRORS,
        REFUSED_FAULTS
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Defect> defects;
    private final int delayMs;
    private final AtomicInteger ids = new AtomicInteger();

    /** @param delayMs the delay of every slow answer */
    public UnreliableBookStore(Set<Defect> defects, int delayMs) {
        this.defects = defects;
        this.delayMs = delayMs;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/health", this::health);
        server.createContext("/admin/config", this::configure);
        server.createContext("/api/v1/Books", this::books);
        server.createContext("/api/v1/Authors", this::authors);
        server.createContext("/api/v1/ErrorTest", this::error);
        server.start();
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void health(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                200,
                "{\"details\":{\"llm\":{\"provider\":\"none\",\"simulated\":true,\"simulatorUrl\":\"%s\"}}}"
                        .formatted(baseUrl()));
    }

    private void configure(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean faults = body.contains("probability");
        answer(exchange, faults && has(Defect.REFUSED_FAULTS) ? 500 : 200, "{\"faults\":[]}");
    }

    private void books(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        String method = exchange.getRequestMethod();
        if (path.contains("generate-summary")) {
            pause(Defect.SLOW_SUMMARIES);
            summarize(exchange);
            return;
        }
        if (path.contains("pageSize=100")) {
            // What the scripts work on, and what teardown looks for, is never wrong.
            answer(
                    exchange,
                    200,
                    path.contains("genre")
                            ? "{\"books\":[]}"
                            : "{\"books\":[{\"id\":\"1\",\"title\":\"Emma\",\"author\":\"Jane\"}]}");
            return;
        }
        pause(Defect.SLOW_BOOKS);
        if (has(Defect.FAILING_BOOKS)) {
            answer(exchange, 500, "{}");
            return;
        }
        switch (method) {
            case "POST" -> answer(exchange, 201, "{\"id\":\"" + ids.incrementAndGet() + "\"}");
            case "DELETE" -> answer(exchange, 204, "");
            default -> answer(exchange, 200, "{\"title\":\"Emma\",\"stockQuantity\":1}");
        }
    }

    private void summarize(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (has(Defect.FAILURES_TOLD_AS_GOOD)) {
            answer(exchange, 200, "{\"error\":\"the model is not there\"}");
        } else if (has(Defect.REFUSALS_WITHOUT_RETRY_AFTER)) {
            answer(exchange, 429, "{\"status\":429}");
        } else if (has(Defect.FAILURES_AS_HTML)) {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            answer(exchange, 502, "<h1>Bad Gateway</h1>");
        } else if (has(Defect.FAILING_SUMMARIES)) {
            answer(exchange, 500, "{\"status\":500}");
        } else {
            String usage = has(Defect.SUMMARIES_WITHOUT_USAGE) ? "" : ",\"inputTokens\":9,\"outputTokens\":4";
            answer(exchange, 200, "{\"aiGeneratedSummary\":\"Short.\"" + usage + "}");
        }
    }

    private void authors(HttpExchange exchange) throws IOException {
        pause(Defect.SLOW_BOOKS);
        answer(exchange, has(Defect.FAILING_BOOKS) ? 500 : 200, "{}");
    }

    private void error(HttpExchange exchange) throws IOException {
        pause(Defect.SLOW_ERRORS);
        String code = exchange.getRequestURI().getPath().replaceAll(".*/", "");
        boolean right = code.equals("400") || !has(Defect.WRONG_ERRORS);
        int status = code.equals("random") ? 500 : right ? Integer.parseInt(code) : 418;
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        answer(exchange, status, "{\"status\":" + status + "}");
    }

    private boolean has(Defect defect) {
        return defects.contains(defect);
    }

    private void pause(Defect defect) {
        if (has(defect)) {
            try {
                TimeUnit.MILLISECONDS.sleep(delayMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
