package io.bookstore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, as a user starts it. */
class ApplicationTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void bannerNamesEveryAddressAndEveryStandIn() throws Exception {
        start(Map.of());

        String banner = awaitOutput("Metrics .*");

        assertThat(banner)
                .contains("/api/v1/Books", "/health", "/metrics")
                .contains("EMBEDDED", "MONGODB_URI")
                .contains("SIMULATED", "ANTHROPIC_API_KEY");
        Matcher url = Pattern.compile("Health +(\\S+)").matcher(banner);
        assertThat(url.find()).isTrue();
        HttpResponse<String> health = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url.group(1))).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(200);
    }

    @Test
    void clientNamedInTheEnvironmentIsKnown() throws Exception {
        // The SHA-256 of "a".
        String hash = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
        start(Map.of(
                "BOOKSTORE_SECURITY_API_KEYS_FRONT_DESK_SHA256",
                hash,
                "BOOKSTORE_SECURITY_API_KEYS_FRONT_DESK_ROLE",
                "manager"));
        Matcher url = Pattern.compile("Books +(\\S+)").matcher(awaitOutput("Metrics .*"));
        assertThat(url.find()).isTrue();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.group(1)));
        HttpClient client = HttpClient.newHttpClient();

        assertThat(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        assertThat(client.send(request.header("X-API-Key", "a").build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void takenPortIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exitCode = exitCodeOf(Map.of("MICRONAUT_SERVER_PORT", String.valueOf(taken.getLocalPort())));

            assertThat(exitCode).isEqualTo(78);
            assertThat(output()).contains("port " + taken.getLocalPort()).contains("MICRONAUT_SERVER_PORT");
            assertOneSentence();
        }
    }

    @Test
    void badSettingIsOneSentence() throws Exception {
        int exitCode = exitCodeOf(Map.of("BOOKSTORE_LLM_DEADLINE", "soon"));

        assertThat(exitCode).isEqualTo(78);
        assertThat(output().strip())
                .isEqualTo("BOOKSTORE_LLM_DEADLINE must be a duration such as 30s or 500ms, was soon");
    }

    @Test
    void misspeltSettingIsOneSentence() throws Exception {
        int exitCode = exitCodeOf(Map.of("BOOKSTORE_LLM_DEADLIN", "5s"));

        assertThat(exitCode).isEqualTo(78);
        assertThat(output()).contains("BOOKSTORE_LLM_DEADLIN is no setting of this service");
        assertOneSentence();
    }

    @Test
    void pricesThatCannotBeReadAreOneSentence() throws Exception {
        int exitCode = exitCodeOf(Map.of("LLM_PRICES", "openai, gpt-4o*, cheap, 2,,,,,,,2026-11-01,our contract"));

        assertThat(exitCode).isEqualTo(78);
        assertThat(output().strip()).isEqualTo("LLM_PRICES:1: input must be a number, was \"cheap\"");
    }

    @Test
    void linesOfARequestHaveItsTraceAsJson() throws Exception {
        start(Map.of("LOG_FORMAT", "json", "MONGODB_URI", "mongodb://127.0.0.1:" + closedPort()));

        String traceId = traceIdOfAFailure();

        JsonNode line = JSON.readTree(awaitLine(".*\"trace_id\":\"" + traceId + ".*"));
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("loggerName").asText()).startsWith("io.bookstore.api");
        assertThat(line.path("formattedMessage").asText()).isNotBlank();
        assertThat(line.path("mdc").path("span_id").asText()).hasSize(16);
    }

    @Test
    void linesOfARequestHaveItsTraceAsText() throws Exception {
        start(Map.of("MONGODB_URI", "mongodb://127.0.0.1:" + closedPort()));

        assertThat(awaitLine(".* trace_id=" + traceIdOfAFailure() + "$")).contains(" WARN ");
    }

    @Test
    void unknownLogFormatIsOneSentence() throws Exception {
        assertThat(exitCodeOf(Map.of("LOG_FORMAT", "xml"))).isEqualTo(78);
        assertThat(output().strip()).isEqualTo("LOG_FORMAT must be text or json, was xml");
    }

    @Test
    void terminationLeavesNothingBehind() throws Exception {
        Process process = start(Map.of());
        awaitOutput("Metrics .*");

        process.destroy();

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(output()).doesNotContain("Exception");
    }

    @Test
    void serviceEndsWithItsParent() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        started.add(parent);
        Process process = start(Map.of("BOOKSTORE_PARENT_PID", String.valueOf(parent.pid())));
        awaitOutput("Metrics .*");

        parent.destroyForcibly();

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private String traceIdOfAFailure() throws Exception {
        Matcher url = Pattern.compile("Books +(\\S+)").matcher(awaitOutput("Metrics .*"));
        assertThat(url.find()).isTrue();
        HttpResponse<String> failure = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url.group(1))).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(failure.statusCode()).isEqualTo(503);
        return JSON.readTree(failure.body()).path("traceId").asText();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private int exitCodeOf(Map<String, String> environment) throws Exception {
        Process process = start(environment);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.bookstore.api.Application");
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(ANTHROPIC|OPENAI|GEMINI|OLLAMA|LMSTUDIO|OTEL|MONGODB|REDIS).*"));
        builder.environment().put("MICRONAUT_SERVER_PORT", "0");
        builder.environment().put("SIMULATOR_PORT", "0");
        builder.environment().put("BOOKSTORE_DATA_DIR", "memory");
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(log().toFile());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private String awaitOutput(String pattern) throws IOException {
        await().atMost(LIMIT)
                .until(() -> Pattern.compile(pattern).matcher(output()).find());
        return output();
    }

    private String awaitLine(String pattern) throws IOException {
        Pattern line = Pattern.compile("^" + pattern, Pattern.MULTILINE);
        Matcher matcher = line.matcher(awaitOutput("(?m)^" + pattern));
        assertThat(matcher.find()).isTrue();
        return matcher.group();
    }

    private void assertOneSentence() throws IOException {
        assertThat(output().lines()).hasSize(1);
        assertThat(output()).doesNotContain("Exception", "\tat ");
    }

    private String output() throws IOException {
        return Files.readString(log());
    }

    private Path log() {
        return directory.resolve("service.log");
    }
}
