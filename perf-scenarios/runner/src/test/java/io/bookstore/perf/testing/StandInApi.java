package io.bookstore.perf.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Behaves towards the runner as the BookStore API and its simulator do, and has no books. */
public final class StandInApi implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger summaries = new AtomicInteger();
    private final boolean simulated;

    private StandInApi(int port, boolean simulated) throws IOException {
        this.simulated = simulated;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health/readiness", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
        server.createContext("/health", exchange -> answer(exchange, 200, health()));
        server.createContext("/seed-data", exchange -> answer(exchange, 200, "{}"));
        server.createContext("/metrics", exchange -> answer(exchange, 200, metrics()));
        server.createContext("/admin/config", exchange -> answer(exchange, 200, config()));
        server.createContext("/admin/journal/summary", exchange -> answer(exchange, 200, journal()));
        server.createContext("/api/v1/Books/1/generate-summary", exchange -> {
            summaries.incrementAndGet();
            answer(exchange, 200, "{}");
        });
        server.start();
    }

    public static StandInApi start() {
        return start(true);
    }

    /** Summaries of this one cost money, as far as it says. */
    public static StandInApi ofPaidProvider() {
        return start(false);
    }

    private static StandInApi start(boolean simulated) {
        try {
            return new StandInApi(0, simulated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers that many summary requests, as far as metrics and journal are concerned. */
    public void serveSummaries(int count) {
        summaries.addAndGet(count);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A jar that runs {@code mainClass} when it is started as the API's jar is. */
    public static Path jar(Path folder, Class<?> mainClass) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        StandInApi.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString());
        Path jar = folder.resolve("api.jar");
        try {
            new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    /** Gets ready, and serves until it is stopped. */
    public static final class Ready {
        public static void main(String[] arguments) throws IOException {
            System.out.println("data in " + System.getenv("BOOKSTORE_DATA_DIR") + ", parent "
                    + System.getenv("BOOKSTORE_PARENT_PID") + ", process "
                    + ProcessHandle.current().pid());
            new StandInApi(Integer.parseInt(System.getenv("MICRONAUT_SERVER_PORT")), true);
        }
    }

    /** Says why and ends before it is ready. */
    public static final class Dying {
        public static void main(String[] arguments) {
            System.out.println("MONGODB_URI must start with mongodb://, was \"nonsense\".");
            System.exit(3);
        }
    }

    private String health() {
        if (!simulated) {
            return """
                {"status":"UP","details":{"mongo":{"status":"UP","kind":"external"},
                 "llm":{"status":"UP","provider":"anthropic","simulated":false}}}
                """;
        }
        return """
                {"status":"UP","details":{"mongo":{"status":"UP","kind":"embedded"},
                 "llm":{"status":"UP","provider":"anthropic","model":"claude-sonnet-4-5","simulated":true,"simulatorUrl":"%s"}}}
                """.formatted(baseUrl());
    }

    private String metrics() {
        return """
                # TYPE http_server_request_duration_seconds histogram
                http_server_request_duration_seconds_count{http_request_method="POST",http_response_status_code="200",http_route="/api/v1/Books/{bookId}/generate-summary"} %d
                http_server_request_duration_seconds_count{http_request_method="POST",http_response_status_code="503",http_route="/api/v1/Books/{bookId}/generate-summary"} 2
                http_server_request_duration_seconds_count{http_request_method="GET",http_response_status_code="200",http_route="/api/v1/Books"} 17
                """.formatted(summaries.get());
    }

    private static String config() {
        return """
                {"profile":"sonnet-class","seed":1,"promptCache":"arrival","limits":{"requestsPerMinute":null},"faults":[]}
                """;
    }

    private String journal() {
        return "{\"count\":%d,\"medianActualDurationMs\":1234.5}".formatted(summaries.get());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
