package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.cli.CalledCommand;
import io.bookstore.perf.cli.EmptyService;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The annotation that a run writes into Grafana, as Grafana's API gets it. */
class GrafanaAnnotationTest {

    private static final String TOKEN = "glsa_quite-secret";

    private final ObjectMapper json = new ObjectMapper();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final CalledCommand called = new CalledCommand();

    @RegisterExtension
    final EmptyService service = new EmptyService();

    @TempDir
    private Path folder;

    private HttpServer grafana;
    private String url;
    private volatile int status = 200;
    private volatile boolean stalling;

    @BeforeEach
    void startGrafana() throws IOException {
        grafana = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        grafana.createContext("/", this::answer);
        grafana.start();
        url = "http://127.0.0.1:" + grafana.getAddress().getPort();
    }

    @AfterEach
    void stopGrafana() {
        grafana.stop(0);
    }

    @Test
    void runIsOneRegionWithItsScenarioVerdictAndReport() throws Exception {
        int exitCode = run(RecordedEngine.passing(), Map.of("GRAFANA_URL", url + "/", "GRAFANA_TOKEN", TOKEN));

        assertThat(exitCode).isZero();
        assertThat(received).hasSize(2);
        assertThat(received.get(0)).isEqualTo("POST /api/annotations, application/json, Bearer " + TOKEN);
        JsonNode run = json.readTree(folder.resolve("summary.json").toFile()).path("run");
        long start = Instant.parse(run.path("startedAt").asText()).toEpochMilli();
        long end = json.readTree(received.get(1)).path("timeEnd").asLong();
        // The file has the length in seconds, with the part of a millisecond that an annotation cannot have.
        assertThat(end - start).isCloseTo(Math.round(run.path("durationSeconds").asDouble() * 1000), within(1L));
        assertThat(received.get(1))
                .isEqualTo(("{\"time\":%d,\"timeEnd\":%d,\"tags\":[\"llm-perf\",\"ai-smoke\",\"passed\"],"
                                + "\"text\":\"ai-smoke: passed (exit code 0), 4 of 4 thresholds held."
                                + " <a href=\\\"%s\\\">Report</a>\"}")
                        .formatted(
                                start,
                                end,
                                folder.resolve("report.html").toUri().toASCIIString()));
        assertThat(called.out()).contains("annotation of the run: " + url + "\n");
    }

    @Test
    void crossedLimitIsAFailedRun() throws Exception {
        int exitCode = run(RecordedEngine.crossing(), Map.of("GRAFANA_URL", url));

        assertThat(exitCode).isEqualTo(99);
        assertThat(received.get(0)).isEqualTo("POST /api/annotations, application/json, null");
        assertThat(json.readTree(received.get(1)).at("/tags/2").asText()).isEqualTo("failed");
    }

    @Test
    void publishedReportIsLinkedWhereItIs() throws Exception {
        run(RecordedEngine.passing(), Map.of("GRAFANA_URL", url, "PERF_REPORTS_URL", "http://127.0.0.1:7004/reports/"));

        assertThat(json.readTree(received.get(1)).at("/text").asText())
                .endsWith("<a href=\"http://127.0.0.1:7004/reports/" + folder.getFileName()
                        + "/report.html\">Report</a>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | answers 401: GRAFANA_TOKEN must be a token of a service account that may write annotations (role Editor).
            403 | answers 403: GRAFANA_TOKEN must be a token of a service account that may write annotations (role Editor).
            302 | answers 302.
            500 | answers 500.
            """)
    void refusedAnnotationIsAWarningWithoutTheToken(int answered, String sentence) {
        status = answered;

        int exitCode = run(RecordedEngine.passing(), Map.of("GRAFANA_URL", url, "GRAFANA_TOKEN", TOKEN));

        assertWarned(exitCode, url + " " + sentence);
        assertThat(received).as("requests").hasSize(2);
    }

    @Test
    void grafanaThatStallsAfterItsHeadHoldsNoRunUp() {
        stalling = true;

        int exitCode = run(RecordedEngine.passing(), Map.of("GRAFANA_URL", url));

        assertThat(exitCode).isZero();
        assertThat(called.out()).contains("annotation of the run: " + url + "\n");
    }

    @Test
    void grafanaThatIsNotThereIsAWarning() {
        try (ClosedPort nobody = new ClosedPort()) {
            int exitCode = run(RecordedEngine.passing(), Map.of("GRAFANA_URL", nobody.url(), "GRAFANA_TOKEN", TOKEN));

            assertWarned(
                    exitCode,
                    nobody.url() + " does not answer (ConnectException): correct GRAFANA_URL, or start Grafana.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "grafana:3000, grafana:3000",
        "http://admin:quite-secret@localhost:3000, http://****:****@localhost:3000"
    })
    void addressThatIsNoneIsAWarning(String address, String shown) {
        int exitCode = run(RecordedEngine.passing(), Map.of("GRAFANA_URL", address));

        assertWarned(
                exitCode,
                "GRAFANA_URL must be an http or https address without a user, such as http://localhost:3000, was "
                        + shown + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"glsa_quite-secret\r\nHost: elsewhere", "glsa_quite-secret ü"})
    void tokenThatIsNoHeaderIsAWarning(String token) {
        int exitCode = run(RecordedEngine.passing(), Map.of("GRAFANA_URL", url, "GRAFANA_TOKEN", token));

        assertWarned(exitCode, "GRAFANA_TOKEN has a character that no header may have; copy the token again.");
        assertThat(received).isEmpty();
    }

    @Test
    void runWithoutAGrafanaSaysNothingOfIt() {
        run(RecordedEngine.passing(), Map.of("GRAFANA_TOKEN", TOKEN));

        assertThat(called.out()).doesNotContainIgnoringCase("annotation");
    }

    private void assertWarned(int exitCode, String sentence) {
        assertThat(exitCode).isZero();
        assertThat(called.out())
                .containsOnlyOnce("warning No annotation of the run in Grafana: ")
                .contains("warning No annotation of the run in Grafana: " + sentence + "\n")
                .doesNotContain("quite-secret");
        assertThat(called.err()).doesNotContain("quite-secret");
    }

    private int run(RecordedEngine engine, Map<String, String> environment) {
        return called.run(
                interruption -> {
                    try {
                        return new RunCommand(List.of(engine), interruption, called.saying(""), environment);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add("%s %s, %s, %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        exchange.getRequestHeaders().getFirst("Authorization")));
        received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        byte[] body = "{\"message\":\"Annotation added\",\"id\":1}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", url + "/elsewhere");
        exchange.sendResponseHeaders(status, body.length);
        if (stalling) {
            // Without it, the server of JDK 25 keeps the head until there is a body.
            exchange.getResponseBody().flush();
            return;
        }
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
