package io.bookstore.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.console.web.WatchedService.Look;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The API of the service, with services that answer over HTTP as real ones do, and worse. */
class ServiceApiTest {

    @SuppressWarnings("NullAway.Init")
    private TestService service;

    @SuppressWarnings("NullAway.Init")
    private WatchedService watched;

    @BeforeEach
    void start() throws Exception {
        service = new TestService().answer("/health", 200, "{'status':'UP'}");
        watched = new WatchedService(service.address(), Duration.ofMinutes(5));
    }

    @AfterEach
    void end() {
        watched.close();
        service.close();
    }

    @Test
    void partsOfADegradedServiceTellTheirReasons() throws Exception {
        service.answer("/health", 200, """
                {'status':'UP','details':{
                  'mongo':{'status':'UP','kind':'embedded'},
                  'redis':{'status':'OFF'},
                  'llm':{'status':'DEGRADED','provider':'openai','simulated':false,'reason':'no key'}}}
                """);

        Look shown = watched.look(0);

        assertThat(shown.text("/status")).isEqualTo("degraded");
        assertThat(shown.has("/sentence")).isFalse();
        assertThat(shown.text("/address")).isEqualTo(service.address().toString());
        assertThat(shown.json().path("components"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"name\":\"mongo\",\"status\":\"UP\",\"detail\":\"kind: embedded\"}",
                        "{\"name\":\"redis\",\"status\":\"OFF\",\"detail\":\"\"}",
                        "{\"name\":\"llm\",\"status\":\"DEGRADED\",\"detail\":\"provider: openai, simulated: false, no key\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /health          | 200 | {'status':'ok'}                                                                  | up       | none
            /health          | 503 | {'status':'DOWN','details':{'mongo':{'status':'DOWN'}}}                          | down     | mongo DOWN
            /actuator/health | 503 | {'status':'DOWN','components':{'db':{'status':'DOWN','details':{'error':'no'}}}} | down     | db DOWN error: no
            /actuator/health | 200 | {'status':'UP','components':{'disk':{'status':'UP','details':{'free':7}}}}       | up       | disk UP free: 7
            /q/health        | 200 | {'status':'UP','checks':[{'name':'a','status':'DOWN','data':{'since':'noon'}}]}  | degraded | a DOWN since: noon
            """)
    void healthOfOtherFrameworksIsRead(String path, int code, String body, String status, String component)
            throws Exception {
        service.answer("/health", 404, "").answer(path, code, body);

        Look shown = watched.look(0);

        JsonNode part = shown.json().at("/components/0");
        assertThat(shown.text("/status")).isEqualTo(status);
        assertThat(
                        part.isMissingNode()
                                ? "none"
                                : (part.path("name").asText() + " "
                                                + part.path("status").asText() + " "
                                                + part.path("detail").asText())
                                        .strip())
                .isEqualTo(component);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | <html>          | /health answers 200 with no health that can be read.
            200 | ['status']      | /health answers 200 with no health that can be read.
            302 | {'status':'UP'} | /health answers 302.
            500 | {'status':'UP'} | /health answers 500.
            404 | gone            | ' has none of /health, /actuator/health, /q/health.'
            """)
    void healthThatCannotBeReadIsASentenceAndTheMetricsAreShown(int code, String body, String sentence)
            throws Exception {
        service.answer("/health", code, body).answer("/metrics", 200, TestService.metrics(1));

        Look shown = watched.look(0);

        assertThat(shown.text("/status")).isEqualTo("unknown");
        assertThat(shown.text("/sentence")).isEqualTo(service.address() + sentence);
        assertThat(shown.values("Heap", "")).containsExactly(1e8);
        assertThat(service.takeAsked()).doesNotContain("/elsewhere");
    }

    @Test
    void serviceIsAskedOnlyWhenSomebodyLooksAndOnceForSeveralPages() throws Exception {
        service.answer("/metrics", 200, TestService.metrics(1));

        watched.look(0);
        watched.look(0);

        assertThat(service.takeAsked()).containsExactly("/health", "/metrics");
    }

    static Stream<Arguments> strangeMetrics() {
        return Stream.of(
                Arguments.of(404, "", " has none of /metrics, /actuator/prometheus, /q/metrics, /prometheus."),
                Arguments.of(200, "<html>", "/metrics answers 200 with no series that is shown here."),
                Arguments.of(200, "other_total 1", "/metrics answers 200 with no series that is shown here."),
                Arguments.of(200, " ".repeat(9 << 20), "/metrics answers with more than 8388608 bytes."),
                Arguments.of(
                        200,
                        "jvm_threads_live_threads 1\n".repeat(20_001),
                        "/metrics has more than 20000 of the series that are shown here: too many to follow."));
    }

    @ParameterizedTest
    @MethodSource("strangeMetrics")
    void metricsThatCannotBeReadAreASentenceAndTheHealthIsShown(int code, String page, String sentence)
            throws Exception {
        service.answer("/metrics", code, page);

        Look shown = watched.look(0);

        assertThat(shown.text("/status")).isEqualTo("up");
        assertThat(shown.has("/sentence")).isFalse();
        assertThat(shown.text("/metrics/sentence")).isEqualTo(service.address() + sentence);
        assertThat(shown.json().at("/metrics/charts")).isEmpty();
    }

    @Test
    void serviceThatIsNotThereIsSaid() throws Exception {
        String sentence =
                "The service at " + TestConsole.NOWHERE + " does not answer: start it, or name another with --service.";
        try (WatchedService nowhere = new WatchedService(TestConsole.NOWHERE, Duration.ofMinutes(5))) {
            Look shown = nowhere.look(0);

            assertThat(shown.text("/status")).isEqualTo("silent");
            assertThat(shown.text("/sentence")).isEqualTo(sentence);
            assertThat(shown.text("/metrics/sentence")).isEqualTo(sentence);
        }
    }

    @Test
    void serviceThatTakesTooLongIsSaid() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + slow.getLocalPort());
            try (WatchedService waiting = new WatchedService(address, Duration.ofMillis(100))) {
                Look shown = waiting.look(0);

                assertThat(shown.text("/status")).isEqualTo("unknown");
                assertThat(shown.text("/sentence")).isEqualTo(address + "/health has not answered within 100 ms.");
                assertThat(shown.text("/metrics/sentence"))
                        .isEqualTo(address + "/metrics has not answered within 100 ms.");
            }
        }
    }

    @Test
    void runThatGoesOnTellsItsService(@TempDir Path folder) throws Exception {
        TestConsole started = ProviderApiTest.consoleOfRunsWith(service.address(), folder);
        try {
            String run = started.start("{'scenario':'ai-smoke'}");
            started.awaitFigures(run);

            JsonNode during = started.json("/api/service");
            started.post("/api/runs/" + run + "/cancel", "");
            started.await(run, "cancelled");
            JsonNode after = started.json("/api/service");

            assertThat(during.path("run").asText()).isEqualTo(run);
            assertThat(during.path("address").asText())
                    .isEqualTo(service.address().toString());
            assertThat(during.path("status").asText()).isEqualTo("up");
            assertThat(after.has("run")).isFalse();
            assertThat(after.path("status").asText()).isEqualTo("silent");
        } finally {
            started.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/service?service=http://example.org, 400",
        "/api/service/health, 404",
        "/api/service//example.org, 404"
    })
    void noOtherPathOrAddressIsReached(String path, int status) throws Exception {
        assertThat(watched.console().get(path).statusCode()).isEqualTo(status);
        assertThat(service.takeAsked()).isEmpty();
    }
}
