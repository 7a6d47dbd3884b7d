package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.testing.Command;
import io.bookstore.testing.Program;
import io.bookstore.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A real Prometheus with the shipped configuration and rules, only faster and pointed at the service under test. */
public final class Prometheus implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServerProcess process;

    private Prometheus(ServerProcess process) {
        this.process = process;
    }

    /**
     * Starts a Prometheus that scrapes the target and itself every second.
     *
     * @param target host and port of the service
     */
    public static Prometheus start(Program program, Path folder, String target) throws IOException {
        return start(
                program,
                folder,
                Repository.ROOT.resolve("dashboards/prometheus"),
                configuration -> configuration.replace("api:7002", target));
    }

    /**
     * Starts a Prometheus that scrapes what a configuration names, and itself, every second.
     *
     * @param source the folder with the configuration and its rules
     */
    static Prometheus startAdapted(Program program, Path folder, Path source) throws IOException {
        return start(program, folder, source, UnaryOperator.identity());
    }

    private static Prometheus start(Program program, Path folder, Path source, UnaryOperator<String> targets)
            throws IOException {
        Files.createDirectories(folder.resolve("rules"));
        try (DirectoryStream<Path> rules = Files.newDirectoryStream(source.resolve("rules"))) {
            for (Path file : rules) {
                Files.copy(file, folder.resolve("rules").resolve(file.getFileName()));
            }
        }
        String configuration = targets.apply(Files.readString(source.resolve("prometheus.yml")));
        return new Prometheus(ServerProcess.start(
                port -> launch(program, folder, configuration, port), folder.resolve("prometheus.log")));
    }

    private static ServerProcess.Launch launch(Program program, Path folder, String configuration, int port) {
        String address = "127.0.0.1:" + port;
        String faster = configuration
                .replaceAll("_interval: \\d+s", "_interval: 1s")
                .replaceAll("_timeout: \\d+s", "_timeout: 1s")
                .replace("localhost:9090", address);
        try {
            Files.writeString(folder.resolve("prometheus.yml"), faster);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command command = program.command(
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + address,
                "--log.level=warn");
        return new ServerProcess.Launch(command, URI.create("http://" + address + "/-/ready"));
    }

    /** The values that a query has now, those that are numbers; empty if there is no data. */
    public List<Double> query(String expression) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        return Dashboard.stream(answer.at("/data/result"))
                // Prometheus writes +Inf where Java reads +Infinity.
                .map(result -> Double.parseDouble(result.at("/value/1").asText().replace("Inf", "Infinity")))
                .filter(Double::isFinite)
                .toList();
    }

    /** The one value that a query has now. */
    public double only(String expression) {
        List<Double> values = query(expression);
        assertThat(values).as(expression).hasSize(1);
        return values.get(0);
    }

    /** The state of every rule as the server reports it: name, health, last error. */
    List<JsonNode> rules() {
        return Dashboard.stream(get("/api/v1/rules").at("/data/groups"))
                .flatMap(group -> Dashboard.stream(group.path("rules")))
                .toList();
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(process.baseUrl().resolve(path)).build();
            String body =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            JsonNode answer = MAPPER.readTree(body);
            if (!answer.path("status").asText().equals("success")) {
                throw new IllegalStateException(path + " -> " + body + "\n" + process.endOfLog());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(path + " was not answered\n" + process.endOfLog(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
