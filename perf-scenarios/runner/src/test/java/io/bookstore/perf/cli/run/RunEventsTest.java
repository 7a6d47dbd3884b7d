package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.perf.cli.CalledCommand;
import io.bookstore.perf.cli.EmptyService;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.perf.testing.StandInApi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that a program starts, and whose events it reads. */
class RunEventsTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final EmptyService service = new EmptyService();

    private final RecordedEngine engine = RecordedEngine.passing();
    private final CalledCommand called = new CalledCommand();

    @Test
    void programReadsThePlanTheFiguresAndTheResultAndAPersonTheRest() throws IOException {
        int exitCode = run(called.saying(""), "--base-url", service.baseUrl());

        assertThat(exitCode).as(called.err()).isZero();
        assertThat(called.events("ended")).hasSize(1);
        assertThat(called.lastEvent().path("event").asText()).isEqualTo("result");
        JsonNode plan = only("plan");
        assertThat(plan.path("seconds").asDouble()).isPositive();
        JsonNode last = last("figures");
        assertThat(last.path("requests").asInt()).isPositive();
        assertThat(last.path("share").asDouble()).isBetween(0.0, 1.0);
        assertThat(last.path("latency").asText()).isEqualTo("llm_response_time");
        assertThat(last.path("p95Ms").asDouble())
                .isGreaterThanOrEqualTo(last.path("p50Ms").asDouble());
        assertThat(last.path("costUsd").asDouble()).isPositive();
        JsonNode result = only("result");
        assertThat(result.path("exitCode").asInt(-1)).isZero();
        assertThat(result.at("/runs/0/report").asText()).endsWith("report.html");
        assertThat(called.err()).contains("engine recorded", "report " + folder.resolve("report.html"));
    }

    @ParameterizedTest
    @CsvSource({"y, 0", "n, 77"})
    void programAnswersTheQuestionAboutTheCost(String answer, int expected) throws IOException {
        try (StandInApi api = StandInApi.ofPaidProvider()) {
            int exitCode = run(
                    called.saying(answer + "\n"), "--base-url", api.baseUrl().toString());

            assertThat(exitCode).as(called.err()).isEqualTo(expected);
            JsonNode cost = only("cost");
            assertThat(cost.path("sentence").asText()).startsWith("anthropic is not simulated: about ");
            assertThat(cost.path("usd").asDouble()).isPositive();
            assertThat(cost.path("asked").asBoolean()).isTrue();
        }
    }

    @Test
    void programThatIsGoneAgreesToNothing() {
        try (StandInApi api = StandInApi.ofPaidProvider()) {
            int exitCode = run(
                    InputStream.nullInputStream(), "--base-url", api.baseUrl().toString());

            assertThat(exitCode).isNotZero();
            assertThat(engine.requests()).isEmpty();
        }
    }

    @Test
    void programReadsTheAddressesOfServiceAndSimulator() throws IOException {
        try (StandInApi api = StandInApi.start()) {
            run(called.saying(""), "--base-url", api.baseUrl().toString());

            assertThat(only("service").path("address").asText())
                    .isEqualTo(api.baseUrl().toString());
            assertThat(only("simulator").path("address").asText())
                    .isEqualTo(api.baseUrl().toString());
        }
    }

    @Test
    void eventsAndJsonExcludeEachOther() throws IOException {
        assertThat(run(called.saying(""), "--json")).isEqualTo(64);
        assertThat(called.err()).startsWith("--json and --events exclude each other");
    }

    private int run(InputStream input, String... options) {
        return called.run(
                interruption -> new RunCommand(List.of(engine), interruption, input, Map.of()),
                Stream.concat(Stream.of("run", "ai-smoke", "--events", "--out", folder.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private JsonNode only(String name) {
        List<JsonNode> found = called.events(name);
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private JsonNode last(String name) {
        List<JsonNode> found = called.events(name);
        return found.get(found.size() - 1);
    }
}
