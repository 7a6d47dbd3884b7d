package io.bookstore.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.testing.PackagedApi;
import io.bookstore.testing.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged API with its stand-ins, as a process of its own. */
final class BookStoreService implements AutoCloseable {

    /** A lock for tests of scenarios that need little time: one of them at a time is enough heap for the machine. */
    static final String SHORT_RUNS = "io.bookstore.hub.short-runs";

    /** A lock for tests of what is packaged and copied, for the same reason. */
    static final String PACKAGED = "io.bookstore.hub.packaged-programs";

    private static final ObjectMapper json = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerProcess process;

    private BookStoreService(ServerProcess process) {
        this.process = process;
    }

    /** Starts it and returns when it is ready. */
    static BookStoreService start(Path log, Map<String, String> environment) {
        Map<String, String> complete = new TreeMap<>(environment);
        complete.put("SIMULATOR_PORT", "0");
        complete.put("BOOKSTORE_DATA_DIR", "memory");
        complete.put(
                "BOOKSTORE_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        ServerProcess process = ServerProcess.start(
                port -> {
                    complete.put("MICRONAUT_SERVER_PORT", Integer.toString(port));
                    return new ServerProcess.Launch(
                            PackagedApi.command(144).with(complete),
                            URI.create("http://127.0.0.1:" + port + "/health/readiness"));
                },
                log);
        return new BookStoreService(process);
    }

    /** The address of the service, without a slash at its end. */
    String baseUrl() {
        return "http://" + process.baseUrl().getAuthority();
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

    /** Changes what the provider does until the next {@link #resetSimulator}. */
    void configureSimulator(String config) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(simulatorUrl().resolve("/admin/config"))
                .PUT(HttpRequest.BodyPublishers.ofString(config));
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() >= 300) {
            throw new AssertionError("The simulator refused " + config + ": " + answer.body());
        }
    }

    /** Gives the provider its first configuration, full buckets and an empty journal. */
    void resetSimulator() throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(simulatorUrl().resolve("/admin/reset")).POST(HttpRequest.BodyPublishers.noBody()));
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

    /** A number of each attempt in the simulator's journal that has it, in the order in which the attempts ended. */
    List<Double> journal(String number) throws IOException, InterruptedException {
        List<Double> values = new ArrayList<>();
        for (String line : simulator("/admin/journal").body().lines().toList()) {
            JsonNode value = json.readTree(line).path(number);
            if (value.isNumber()) {
                values.add(value.asDouble());
            }
        }
        return values;
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
