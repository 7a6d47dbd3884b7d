package io.bookstore.dashboards;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks OpenAI's streaming chat completions, refuses every other request with 429, and has a model without a price. */
final class RefusingProvider implements AutoCloseable {

    static final String MODEL = "model-without-a-price";

    private static final String STREAM = """
            data: {"id":"c","object":"chat.completion.chunk","model":"%1$s","choices":[{"index":0,"delta":{"role":"assistant","content":"A quiet"}}]}

            data: {"id":"c","object":"chat.completion.chunk","model":"%1$s","choices":[{"index":0,"delta":{"content":" book."}}]}

            data: {"id":"c","object":"chat.completion.chunk","model":"%1$s","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"c","object":"chat.completion.chunk","model":"%1$s","choices":[],"usage":{"prompt_tokens":40,"completion_tokens":3,"total_tokens":43}}

            data: [DONE]

            """.formatted(MODEL);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();

    RefusingProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::complete);
        server.start();
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    private void complete(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("x-ratelimit-remaining-requests", "41");
        exchange.getResponseHeaders().set("x-ratelimit-remaining-tokens", "39000");
        if (requests.getAndIncrement() % 2 == 0) {
            exchange.getResponseHeaders().set("retry-after-ms", "10");
            exchange.getResponseHeaders().set("retry-after", "0");
            answer(
                    exchange,
                    429,
                    "application/json",
                    "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit\"}}");
        } else {
            answer(exchange, 200, "text/event-stream", STREAM);
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
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
