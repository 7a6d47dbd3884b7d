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
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Behaves towards the runner as the BookStore API and its simulator do, and has no books. */
public final class StandInApi implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger summaries = new AtomicInteger();
    private final AtomicInteger busyLooks = new AtomicInteger();
    private final boolean simulated;
    private final Map<String, String> environment;

    private StandInApi(int port, boolean simulated, Map<String, String> environment) throws IOException {
        this.simulated = simulated;
        this.environment = environment;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health/readiness", exchange -> answer(exchange, 200, "{\"status\":\"UP\"}"));
        server.createContext("/health", exchange -> answer(exchange, 200, health()));
        server.createContext("/seed-data", this::seed);
        server.createContext("/metrics", exchange -> answer(exchange, 200, metrics()));
        server.createContext("/admin/config", exchange -> answer(exchange, 200, config()));
        server.createContext("/admin/journal/summary", exchange -> answer(exchange, 200, journal()));
        server.createContext("/admin/reset", this::reset);
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
            return new StandInApi(0, simulated, Map.of());
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

    /** Has a call of a model under way at each of the next looks at its metrics. */
    public void beBusyFor(int looks) {
        busyLooks.set(looks);
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

    /**
     * Gets ready, and serves until it is stopped. The text of {@code STAND_IN_METRICS} is a part of its metrics; it limits its
     * clients by the variable by which the BookStore API does.
     */
    public static final class Ready {
        public static void main(String[] arguments) throws IOException {
            System.out.println("data in " + System.getenv("BOOKSTORE_DATA_DIR") + ", parent "
                    + System.getenv("BOOKSTORE_PARENT_PID") + ", process "
                    + ProcessHandle.current().pid());
            new StandInApi(Integer.parseInt(System.getenv("MICRONAUT_SERVER_PORT")), true, System.getenv());
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
                llm_requests_active{gen_ai_provider_name="anthropic"} %d
                %s
                """.formatted(
                        summaries.get(),
                        busyLooks.getAndUpdate(looks -> Math.max(0, looks - 1)) > 0 ? 1 : 0,
                        environment.getOrDefault("STAND_IN_METRICS", ""));
    }

    private void seed(HttpExchange exchange) throws IOException {
        if (environment.containsKey("BOOKSTORE_CLIENT_LIMIT_REQUESTS_PER_MINUTE")) {
            exchange.getResponseHeaders().add("RateLimit-Policy", "\"client\";q=60;w=60");
        }
        answer(exchange, 200, "{}");
    }

    private void reset(HttpExchange exchange) throws IOException {
        summaries.set(0);
        System.out.println("simulator reset");
        answer(exchange, 200, "");
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
