package io.bookstore.hub;

import static io.bookstore.testing.PackagedApi.JAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.ChildProcess;
import io.bookstore.testing.Command;
import io.bookstore.testing.FreePort;
import io.bookstore.testing.OtlpReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The script of {@code make run}: the API in the foreground, and the console beside it. */
@Order(1)
@ResourceLock(BookStoreService.PACKAGED)
class ConsoleBesideApiTest {

    private static final Path script = Checkout.root().resolve("bookstore-api/run-with-console.sh");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @BeforeEach
    void needsAShell() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: it is a shell script");
    }

    @Test
    void makeRunUsesIt() throws IOException {
        assertThat(Files.readString(Checkout.root().resolve("Makefile")))
                .contains("CONSOLE=$(CONSOLE) sh bookstore-api/run-with-console.sh java $(API_JVM)");
    }

    @Test
    void consoleShowsEachSummaryWithoutAnySettingAndCtrlCEndsBoth() throws Exception {
        String console = "http://127.0.0.1:" + FreePort.find();
        try (ChildProcess run = start(Map.of("CONSOLE", console.substring(console.lastIndexOf(':') + 1)))) {
            String api = addressOfApi(run);
            assertThat(run.log()).contains("Console   " + console + " shows each call to a model");
            assertThat(get(api + "/")).contains("<a href=\"" + console + "\">console</a>");

            summarize(api);

            await().until(() -> !calls(console).isEmpty());
            assertThat(calls(console).get(0).at("/service").asText()).isEqualTo("bookstore-api");

            List<ProcessHandle> all = run.handle().descendants().toList();
            assertThat(all).as("the API and the console").hasSizeGreaterThanOrEqualTo(2);
            // As Ctrl-C does; a shell that was started in the background may not catch INT.
            run.signal("TERM");
            assertThat(run.exitCode()).isEqualTo(130);
            assertThat(all).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void portThatIsTakenIsOneSentenceAndTheApiStartsAlone() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildProcess run = start(Map.of("CONSOLE", "" + taken.getLocalPort()))) {
            String api = addressOfApi(run);

            assertThat(run.log())
                    .startsWith("Port " + taken.getLocalPort() + " is taken, so the API starts without the console:"
                            + " CONSOLE=7014 puts it on another port, CONSOLE=off leaves it out.\n")
                    .doesNotContain("Cannot listen")
                    .contains("./llm-perf console shows each call to a model");
            assertThat(get(api + "/health/readiness")).contains("UP");
        }
    }

    @Test
    void consoleThatIsThereIsUsedAndStays() throws Exception {
        int port = FreePort.find();
        String console = "http://127.0.0.1:" + port;
        try (ChildProcess there = Command.of(
                                Checkout.root().resolve("llm-perf").toString(), "console", "--port", "" + port)
                        .in(folder)
                        .start(folder.resolve("console.log"));
                ChildProcess run = startBeside(there, port)) {
            summarize(addressOfApi(run));

            await().until(() -> !calls(console).isEmpty());
            assertThat(run.log())
                    .contains("The API uses the console that is already at " + console + ".")
                    .contains("Console   " + console + " shows each call to a model");
            run.signal("TERM");
            assertThat(run.exitCode()).isEqualTo(130);
            assertThat(calls(console)).isNotEmpty();
        }
    }

    private ChildProcess startBeside(ChildProcess console, int port) {
        console.awaitLine("The console is at .*");
        return start(Map.of("CONSOLE", "" + port));
    }

    @Test
    void spansGoWhereTheUserSaysAndNotToTheConsole() throws Exception {
        String port = "" + FreePort.find();
        try (OtlpReceiver mine = OtlpReceiver.start();
                ChildProcess run = start(Map.of("CONSOLE", port, "OTEL_EXPORTER_OTLP_ENDPOINT", mine.endpoint()))) {
            summarize(addressOfApi(run));

            await().until(() -> !mine.spans().isEmpty());
            assertThat(calls("http://127.0.0.1:" + port)).isEmpty();
        }
    }

    @Test
    void consoleThatIsOffIsNotStarted() {
        try (ChildProcess run = start(Map.of("CONSOLE", "off"))) {
            addressOfApi(run);

            assertThat(run.handle().children()).hasSize(1);
            assertThat(run.log()).contains("./llm-perf console shows each call to a model");
        }
    }

    @Test
    void wrongPortIsOneSentence() throws Exception {
        Command.Result run = Command.of("sh", script.toString(), "true")
                .with(Map.of("CONSOLE", "on"))
                .run();

        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(run.output()).isEqualTo("CONSOLE must be off or a port, was on.\n");
    }

    private ChildProcess start(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(variables);
        all.putIfAbsent("SIMULATOR_PORT", "0");
        all.put("SIMULATOR_PROFILE", "zero");
        all.put("BOOKSTORE_DATA_DIR", "memory");
        all.put("MICRONAUT_SERVER_PORT", "0");
        return Command.of("sh", script.toString(), Command.JAVA, "-Xmx144m", "-jar", JAR.toString())
                .with(all)
                .in(folder)
                .start(folder.resolve("log"));
    }

    private static String addressOfApi(ChildProcess run) {
        run.awaitLine("Console .*");
        return run.awaitLine("http://\\S+/api/v1/Books").replace("/api/v1/Books", "");
    }

    private void summarize(String api) throws Exception {
        post(api + "/seed-data");
        String id = json.readTree(get(api + "/api/v1/Books?page=1&pageSize=1"))
                .at("/books/0/id")
                .asText();
        post(api + "/api/v1/Books/" + id + "/generate-summary");
    }

    private void post(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isBetween(200, 201);
    }

    private JsonNode calls(String console) throws Exception {
        return json.readTree(get(console + "/api/calls")).get("calls");
    }

    private String get(String address) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
                .body();
    }
}
