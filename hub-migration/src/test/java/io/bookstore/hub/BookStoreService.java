package io.bookstore.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.dashboards.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged API with its stand-ins, as a process of its own. */
final class BookStoreService implements AutoCloseable {

    private static final Path jar = Path.of("..", "bookstore-api", "target", "bookstore-api.jar");
    private static final ObjectMapper json = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ChildProcess process;
    private final int port;

    /** Starts it and returns when it is ready. */
    BookStoreService(Path log, Map<String, String> environment) {
        port = ChildProcess.freePort();
        Map<String, String> complete = new TreeMap<>(environment);
        complete.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
        complete.put("SIMULATOR_PORT", "0");
        complete.put("BOOKSTORE_DATA_DIR", "memory");
        complete.put(
                "BOOKSTORE_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        process = ChildProcess.start(
                List.of(Command.java(), "-jar", jar.toString()),
                complete,
                log,
                URI.create(baseUrl() + "/health/readiness"));
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port;
    }

    private URI simulatorUrl() throws IOException, InterruptedException {
        return URI.create(find(json.readTree(get("/health").body()), "simulatorUrl"));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(baseUrl() + path)).GET());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(baseUrl() + path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> simulator(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(simulatorUrl().resolve(path)).GET());
    }

    JsonNode anyBook() throws IOException, InterruptedException {
        return json.readTree(get("/api/v1/Books?page=1&pageSize=1").body())
                .get("books")
                .get(0);
    }

    /** A summary that no cache answers. */
    JsonNode freshSummary() throws IOException, InterruptedException {
        String id = anyBook().get("id").asText();
        return json.readTree(
                post("/api/v1/Books/" + id + "/generate-summary?refresh=true").body());
    }

    /** The sum of a series of {@code /metrics} over all label sets that contain {@code labels}. */
    double metric(String name, String labels) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("^" + name + "\\{(.*)} (\\S+)$", Pattern.MULTILINE)
                .matcher(get("/metrics").body());
        double sum = 0;
        while (line.find()) {
            if (line.group(1).contains(labels)) {
                sum += Double.parseDouble(line.group(2));
            }
        }
        return sum;
    }

    /** Summary requests as the service itself counts them. */
    long summaryRequests() throws IOException, InterruptedException {
        return Math.round(metric("http_server_request_duration_seconds_count", "generate-summary\""));
    }

    /** Attempts as the simulator's journal counts them. */
    long journalled() throws IOException, InterruptedException {
        return journal().get("count").asLong();
    }

    /** The simulator's own record of what it sent, in a few numbers. */
    JsonNode journal() throws IOException, InterruptedException {
        return json.readTree(simulator("/admin/journal/summary").body());
    }

    @Override
    public void close() {
        process.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String find(JsonNode node, String key) {
        JsonNode found = node.findValue(key);
        if (found == null) {
            throw new AssertionError("/health tells no " + key + ": " + node);
        }
        return found.asText();
    }
}
