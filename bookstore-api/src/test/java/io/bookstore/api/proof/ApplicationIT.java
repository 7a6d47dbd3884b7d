package io.bookstore.api.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.llm.provider.ConfiguredProvider;
import io.bookstore.testing.ChildProcess;
import io.bookstore.testing.ClosedPort;
import io.bookstore.testing.Command;
import io.bookstore.testing.PackagedApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as a user starts it: its banner, its log, its exit code. Row F27 has the misspelt settings. */
class ApplicationIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    // The SHA-256 of "a".
    private static final String HASH_OF_A = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    @TempDir
    private Path directory;

    private final ClosedPort nobody = new ClosedPort();
    private final List<ChildProcess> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(ChildProcess::kill);
        nobody.close();
    }

    @Test
    void bannerNamesEveryAddressAndEveryStandInAndTerminationLeavesNothingBehind() throws Exception {
        ChildProcess process = start(Map.of(
                "BOOKSTORE_SECURITY_API_KEYS_FRONT_DESK_SHA256",
                HASH_OF_A,
                "BOOKSTORE_SECURITY_API_KEYS_FRONT_DESK_ROLE",
                "manager"));
        String health = address(process, "Health");
        String books = address(process, "Books");

        assertThat(process.log())
                .contains("/api/v1/Books", "/health", "/metrics")
                .contains("EMBEDDED", "MONGODB_URI")
                .contains("SIMULATED", "ANTHROPIC_API_KEY");
        await().untilAsserted(() -> assertThat(get(health).statusCode()).isEqualTo(200));
        assertThat(get(books).statusCode()).isEqualTo(401);
        assertThat(get(books, "X-API-Key", "a").statusCode())
                .as("a client named in the environment")
                .isEqualTo(200);

        process.terminate();

        assertThat(process.exitCode()).isEqualTo(143);
        assertThat(process.log()).doesNotContain("Exception");
    }

    @Test
    void takenPortIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ChildProcess process = start(Map.of("MICRONAUT_SERVER_PORT", String.valueOf(taken.getLocalPort())));

            assertThat(process.exitCode()).isEqualTo(78);
            assertThat(process.log()).contains("port " + taken.getLocalPort()).contains("MICRONAUT_SERVER_PORT");
            assertOneSentence(process);
        }
    }

    @Test
    void badSettingIsOneSentence() throws Exception {
        ChildProcess process = start(Map.of("BOOKSTORE_LLM_DEADLINE", "soon"));

        assertThat(process.exitCode()).isEqualTo(78);
        assertThat(process.log().strip())
                .isEqualTo("BOOKSTORE_LLM_DEADLINE must be a duration such as 30s or 500ms, was soon");
    }

    @Test
    void pricesThatCannotBeReadAreOneSentence() throws Exception {
        ChildProcess process = start(Map.of("LLM_PRICES", "openai, gpt-4o*, cheap, 2,,,,,,,2026-11-01,our contract"));

        assertThat(process.exitCode()).isEqualTo(78);
        assertThat(process.log().strip()).isEqualTo("LLM_PRICES:1: input must be a number, was \"cheap\"");
    }

    @Test
    void linesOfARequestHaveItsTraceAsJson() throws Exception {
        ChildProcess process =
                start(Map.of("LOG_FORMAT", "json", "MONGODB_URI", "mongodb://127.0.0.1:" + nobody.number()));

        String traceId = traceIdOfAFailure(process);

        JsonNode line = JSON.readTree(process.awaitLine(".*\"trace_id\":\"" + traceId + ".*"));
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("loggerName").asText()).startsWith("io.bookstore.api");
        assertThat(line.path("formattedMessage").asText()).isNotBlank();
        assertThat(line.path("mdc").path("span_id").asText()).hasSize(16);
        // The banner too; the last line may still be on its way.
        String output = process.log();
        for (String each : output.substring(0, output.lastIndexOf('\n')).split("\n")) {
            assertThat(JSON.readTree(each).isObject()).as(each).isTrue();
        }
    }

    @Test
    void linesOfARequestHaveItsTraceAsTextUntilTheParentEndsAndTheServiceWithIt() throws Exception {
        Process parent = new ProcessBuilder("sleep", "600").start();
        ChildProcess process = start(Map.of(
                "MONGODB_URI",
                "mongodb://127.0.0.1:" + nobody.number(),
                "BOOKSTORE_PARENT_PID",
                String.valueOf(parent.pid())));

        assertThat(process.awaitLine(".* trace_id=" + traceIdOfAFailure(process)))
                .contains(" WARN ");

        parent.destroyForcibly();

        assertThat(process.exitCode()).isZero();
    }

    @Test
    void unknownLogFormatIsOneSentence() throws Exception {
        ChildProcess process = start(Map.of("LOG_FORMAT", "xml"));

        assertThat(process.exitCode()).isEqualTo(78);
        assertThat(process.log().strip()).isEqualTo("LOG_FORMAT must be text or json, was xml");
    }

    private static String traceIdOfAFailure(ChildProcess process) throws Exception {
        HttpResponse<String> failure = get(address(process, "Books"));
        assertThat(failure.statusCode()).isEqualTo(503);
        return JSON.readTree(failure.body()).path("traceId").asText();
    }

    private static HttpResponse<String> get(String address, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private ChildProcess start(Map<String, String> environment) throws IOException {
        ChildProcess process = Command.java(128)
                .and(ClassesOfService.flags())
                .and("-jar", PackagedApi.JAR.toString())
                .without(String.join("|", ConfiguredProvider.variables()))
                .without("(OTEL|MONGODB|REDIS).*")
                .with(Map.of("MICRONAUT_SERVER_PORT", "0", "SIMULATOR_PORT", "0", "BOOKSTORE_DATA_DIR", "memory"))
                .with(environment)
                .start(Files.createTempFile(directory, "service", ".log"));
        started.add(process);
        return process;
    }

    /** Waits for the banner and returns the address that it gives under that name. */
    private static String address(ChildProcess process, String name) {
        process.awaitLine("Metrics .*");
        Matcher address = Pattern.compile(name + " +([^\\s\"]+)").matcher(process.log());
        assertThat(address.find()).as("address %s in%n%s", name, process.log()).isTrue();
        // In JSON a slash may be escaped.
        return address.group(1).replace("\\/", "/");
    }

    private static void assertOneSentence(ChildProcess process) {
        assertThat(process.log().lines()).hasSize(1);
        assertThat(process.log()).doesNotContain("Exception", "\tat ");
    }
}
