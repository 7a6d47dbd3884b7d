package io.bookstore.k6;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Answers what the conformance scripts ask: statuses, redirects, cookies, delays, and what it has received. */
final class FixtureServer implements AutoCloseable {
    private static final String JSON = """
        {"a": 1, "b": {"c": [10, 20, 30]}, "users": [{"name": "A", "age": 30}, {"name": "B", "age": 40}]}\
        """;

    static {
        // Without it the JDK's server holds back the second packet of a keep-alive answer for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> clientGone = new CompletableFuture<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

    private FixtureServer(HttpServer server) {
        this.server = server;
    }

    static FixtureServer start() {
        try {
            // Requests out of a container do not come by loopback.
            InetAddress address = ScriptRun.CONFORMANCE_ENGINE.equals("container")
                    ? new InetSocketAddress(0).getAddress()
                    : InetAddress.getLoopbackAddress();
            HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 100);
            FixtureServer fixture = new FixtureServer(server);
            server.setExecutor(fixture.threads);
            server.createContext("/", fixture::handle);
            server.start();
            return fixture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        String argument = path.length > 2 ? path[2] : "";
        switch (path[1]) {
            case "status" -> answer(exchange, Integer.parseInt(argument), "");
            case "json" -> answer(exchange, 200, JSON);
            case "echo" -> answer(exchange, 200, echo(exchange));
            case "gate" ->
                gates.computeIfAbsent(argument, name -> new Gate(Integer.parseInt(path[3])))
                        .enter(exchange);
            case "redirect" -> redirect(exchange, Integer.parseInt(argument));
            case "setcookie" -> {
                exchange.getResponseHeaders().add("Set-Cookie", "flavour=oat; Path=/");
                answer(exchange, 200, "");
            }
            case "setcookies" -> {
                List.of(
                                "quoted=\"hello world\"; Path=/",
                                "aged=x; Path=/; Max-Age=3600",
                                "gone=x; Path=/; Max-Age=0",
                                "dated=x; Path=/; expires=Fri, 31 Dec 2100 23:59:59 GMT")
                        .forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
                answer(exchange, 200, "");
            }
            case "hdr" -> {
                exchange.getResponseHeaders().add("x-lower-case", "found");
                exchange.getResponseHeaders().add("X-Multi", "one");
                exchange.getResponseHeaders().add("X-Multi", "two");
                answer(exchange, 200, "");
            }
            case "gzip" -> gzip(exchange);
            case "zstd" -> {
                exchange.getResponseHeaders().add("Content-Encoding", "zstd");
                answer(exchange, 200, "not read");
            }
            case "events" -> events(exchange, argument);
            case "endless" -> endless(exchange);
            case "gone" -> {
                clientGone.join();
                answer(exchange, 200, "");
            }
            case "hang" -> {
                // Never answered; the client's deadline ends it, and close() frees the connection.
            }
            default -> answer(exchange, 404, "");
        }
    }

    /**
     * Answers no request before so many are there, and a moment later, so that one too many can still come. The answer
     * tells how many were there; each later request is answered at once.
     */
    private final class Gate {
        private final int needed;
        private final List<HttpExchange> waiting = new ArrayList<>();
        private boolean open;

        Gate(int needed) {
            this.needed = needed;
        }

        synchronized void enter(HttpExchange exchange) throws IOException {
            if (open) {
                answer(exchange, 200, "1");
                return;
            }
            waiting.add(exchange);
            if (waiting.size() == needed) {
                timer.schedule(this::open, 200, TimeUnit.MILLISECONDS);
            }
        }

        private synchronized @Nullable Void open() throws IOException {
            open = true;
            for (HttpExchange exchange : waiting) {
                answer(exchange, 200, String.valueOf(waiting.size()));
            }
            return null;
        }
    }

    private static void redirect(HttpExchange exchange, int left) throws IOException {
        if (left == 0) {
            answer(exchange, 200, "arrived");
        } else {
            exchange.getResponseHeaders().add("Location", "/redirect/" + (left - 1));
            answer(exchange, 302, "");
        }
    }

    private static String echo(HttpExchange exchange) throws IOException {
        ObjectNode echo = JsonNodeFactory.instance.objectNode();
        echo.put("method", exchange.getRequestMethod());
        echo.put("connection", exchange.getRemoteAddress().getPort());
        echo.put("body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        ObjectNode headers = echo.putObject("headers");
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        return echo.toString();
    }

    private static void gzip(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, 0);
        try (GZIPOutputStream out = new GZIPOutputStream(exchange.getResponseBody())) {
            out.write("unpacked".getBytes(StandardCharsets.UTF_8));
        }
        exchange.close();
    }

    /** A stream with everything that it may have; {@code whole} to its end, {@code cut} without it, {@code packed} by gzip. */
    private static void events(HttpExchange exchange, String kind) throws IOException {
        byte[] stream = """
                : connected

                event: delta
                id: 7
                data: {"text": "Été"}

                data: first
                data: second
                retry: 100

                data:[DONE]\r
                \r
                nonsense
                """.getBytes(StandardCharsets.UTF_8);
        String asked = exchange.getRequestHeaders().getFirst("Accept");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.getResponseHeaders().add("X-Asked", exchange.getRequestMethod() + " " + asked + " " + body);
        boolean packed = kind.equals("packed");
        if (packed) {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, kind.equals("cut") ? stream.length + 10 : 0);
        OutputStream out = packed ? new GZIPOutputStream(exchange.getResponseBody()) : exchange.getResponseBody();
        out.write(stream);
        if (out instanceof GZIPOutputStream gzip) {
            gzip.finish();
        }
        out.flush();
        exchange.close();
    }

    private void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            while (true) {
                exchange.getResponseBody().write("data: more\n\n".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (IOException e) {
            clientGone.complete(null);
        }
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
