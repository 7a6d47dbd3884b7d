package io.bookstore.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A foreign service in the shape of the hub: OpenAI's chat completions behind tenant headers, nothing of ours. */
final class HubGateway implements AutoCloseable {

    private static final String COMPLETION = """
            {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,
            "message":{"role":"assistant","content":"A fine book."},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":31,"completion_tokens":5,"total_tokens":36}}
            """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger completions = new AtomicInteger();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();

    HubGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/health", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
        server.createContext("/v1/chat/completions", this::complete);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int completions() {
        return completions.get();
    }

    /** The value that came as {@code Authorization}; empty if nothing did. */
    Set<String> authorizations() {
        return authorizations;
    }

    private void complete(HttpExchange exchange) throws IOException {
        authorizations.addAll(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean tenant = exchange.getRequestHeaders().containsKey("X-Tenant-Name")
                && exchange.getRequestHeaders().containsKey("X-User-Id");
        if (!tenant) {
            answer(exchange, 401, "{\"error\":{\"message\":\"no tenant\"}}");
        } else if (!request.contains("\"messages\"")) {
            answer(exchange, 400, "{\"error\":{\"message\":\"no messages\"}}");
        } else {
            completions.incrementAndGet();
            answer(exchange, 200, COMPLETION);
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
