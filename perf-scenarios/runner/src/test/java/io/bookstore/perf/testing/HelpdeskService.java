package io.bookstore.perf.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A service of others: its own names of paths and fields, a token for {@code /api}, a stream with its own events. It keeps what it
 * was asked. As a static extension of a test class it serves all tests of the class, and each begins with no request.
 */
public final class HelpdeskService implements AutoCloseable, BeforeEachCallback, AfterAllCallback {

    /** The token that it wants; any other gets 401. */
    public static final String TOKEN = "s3cret-helpdesk-token";

    private final HttpServer server;
    private final Map<String, Document> documents = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private record Document(String type, String text) {}

    private HelpdeskService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Document document = documents.get(exchange.getRequestURI().getPath());
            if (document == null) {
                answer(exchange, 404, "application/json", "{}");
            } else {
                answer(exchange, 200, document.type, document.text);
            }
        });
        server.createContext("/healthz", exchange -> answer(exchange, 200, "text/plain", "ok"));
        server.createContext("/api/tickets", this::tickets);
        server.createContext("/api/chat", this::chat);
        server.createContext("/open/chat", this::chat);
        server.createContext("/marked", exchange -> answer(exchange, 200, "application/json", "\uFEFF{\"reply\": {}}"));
        server.createContext(
                "/numbers", exchange -> answer(exchange, 200, "application/json", "{\"reply\": {\"score\": NaN}}"));
        server.createContext("/login", exchange -> answer(exchange, 200, "text/html", "<html>Sign in</html>"));
        server.start();
    }

    public static HelpdeskService start() {
        try {
            return new HelpdeskService();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Serves that text at a path, and returns its address. */
    public String serve(String path, String document) {
        return serve(path, "application/json", document);
    }

    /** Serves that text as that content type. */
    public String serve(String path, String type, String document) {
        documents.put(path, new Document(type, document));
        return baseUrl() + path;
    }

    /** The requests so far, but for those of health and documents: method, path and body. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public void forgetRequests() {
        requests.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        forgetRequests();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void chat(HttpExchange exchange) throws IOException {
        keep(exchange);
        boolean open = exchange.getRequestURI().getPath().startsWith("/open");
        if (!open && !("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(
                    exchange,
                    401,
                    "application/json",
                    "{\"detail\":\"no access with %s\"}"
                            .formatted(exchange.getRequestHeaders().getFirst("Authorization")));
        } else if (exchange.getRequestURI().getPath().endsWith("/stream")) {
            answer(exchange, 200, "text/event-stream", """
                    event: open
                    data: {"ticket":7}

                    event: piece
                    data: {"piece":{"text":"Have you "}}

                    event: piece
                    data: {"piece":{"text":"restarted it?"}}

                    event: bye
                    data: {"usage":{"in":12,"out":5}}

                    """);
        } else {
            answer(exchange, 200, "application/json", """
                    {"reply":{"text":"Have you restarted it?","language":"en"},
                     "meta":{"model":"gpt-4o-mini","usage":{"in":12,"out":5},"finish_reason":null}}""");
        }
    }

    private void tickets(HttpExchange exchange) throws IOException {
        keep(exchange);
        switch (exchange.getRequestMethod()) {
            case "POST" -> answer(exchange, 201, "application/json", "{\"id\":\"t-9\"}");
            case "DELETE" -> answer(exchange, 204, "application/json", "");
            default -> answer(exchange, 200, "application/json", "{\"tickets\":[]}");
        }
    }

    private void keep(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
