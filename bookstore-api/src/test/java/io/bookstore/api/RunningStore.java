package io.bookstore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The service on a free port with nothing on disk, and a client for it. */
public final class RunningStore implements AutoCloseable {

    /** Longer than a summary takes that comes at all. */
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(4);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BookStore store;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningStore(BookStore store) {
        this.store = store;
    }

    public static RunningStore start() {
        return start(Map.of());
    }

    public static RunningStore start(Map<String, Object> overrides) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("micronaut.server.port", 0);
        settings.put("bookstore.data-dir", "memory");
        settings.put("bookstore.simulator.port", 0);
        settings.put("bookstore.simulator.profile", "zero");
        settings.put("bookstore.llm.deadline", DEADLINE);
        settings.putAll(overrides);
        return new RunningStore(BookStore.start(settings));
    }

    public BookStore store() {
        return store;
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public HttpResponse<String> delete(String path, String... headers) {
        return send("DELETE", path, "", headers);
    }

    public HttpResponse<String> post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    public HttpResponse<String> put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    /** Sends a request; a body that is not empty is JSON unless a header says otherwise. */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        try {
            return client.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The request that {@link #send} would send. */
    public HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(REQUEST_TIMEOUT);
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body))
                    .setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    /** Adds a book and returns its path; for a test that needs no more of them, much quicker than the sample data. */
    public String addBook() {
        HttpResponse<String> added = post(
                "/api/v1/Books",
                "{\"title\":\"Dubliners\",\"author\":\"James Joyce\",\"isbn\":\"9780140186475\",\"price\":9}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        return added.headers().firstValue("Location").orElseThrow();
    }

    public void assertReady() {
        assertThat(get("/health/readiness").statusCode()).isEqualTo(200);
    }

    public HttpClient client() {
        return client;
    }

    public URI uri(String path) {
        return URI.create(store.uri() + path);
    }

    /** The sum of the samples of {@code /metrics} whose line starts with the name and contains every part. */
    public double metric(String name, String... parts) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> {
                    for (String part : parts) {
                        if (!line.contains(part)) {
                            return false;
                        }
                    }
                    return true;
                })
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
