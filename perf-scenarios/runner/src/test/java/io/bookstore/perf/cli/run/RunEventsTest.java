package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.EmptyService;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.perf.testing.StandInApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A run that a program starts, and whose events it reads. */
class RunEventsTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final EmptyService service = new EmptyService();

    private final RecordedEngine engine = RecordedEngine.passing();
    private final PipedOutputStream open = new PipedOutputStream();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void programReadsThePlanTheFiguresAndTheResultAndAPersonTheRest() throws IOException {
        int exitCode = run(saying(""), "--base-url", service.baseUrl());

        assertThat(exitCode).isZero();
        List<JsonNode> events = events();
        assertThat(events)
                .extracting(RunEventsTest::name)
                .contains("plan", "figures", "ended")
                .endsWith("result");
        JsonNode plan = only(events, "plan");
        assertThat(plan.path("seconds").asDouble()).isPositive();
        JsonNode last = last(events, "figures");
        assertThat(last.path("requests").asInt()).isPositive();
        assertThat(last.path("share").asDouble()).isBetween(0.0, 1.0);
        assertThat(last.path("latency").asText()).isEqualTo("llm_response_time");
        assertThat(last.path("p95Ms").asDouble())
                .isGreaterThanOrEqualTo(last.path("p50Ms").asDouble());
        assertThat(last.path("costUsd").asDouble()).isPositive();
        JsonNode result = only(events, "result");
        assertThat(result.path("exitCode").asInt(-1)).isZero();
        assertThat(result.at("/runs/0/report").asText()).endsWith("report.html");
        assertThat(err.toString()).contains("engine recorded", "report " + folder.resolve("report.html"));
    }

    @ParameterizedTest
    @CsvSource({"y, 0", "n, 77"})
    void programAnswersTheQuestionAboutTheCost(String answer, int expected) throws IOException {
        try (StandInApi api = StandInApi.ofPaidProvider()) {
            int exitCode =
                    run(saying(answer + "\n"), "--base-url", api.baseUrl().toString());

            assertThat(exitCode).isEqualTo(expected);
            JsonNode cost = only(events(), "cost");
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
            run(saying(""), "--base-url", api.baseUrl().toString());

            assertThat(only(events(), "service").path("address").asText())
                    .isEqualTo(api.baseUrl().toString());
            assertThat(only(events(), "simulator").path("address").asText())
                    .isEqualTo(api.baseUrl().toString());
        }
    }

    @Test
    void eventsAndJsonExcludeEachOther() throws IOException {
        assertThat(run(saying(""), "--json")).isEqualTo(64);
        assertThat(err.toString()).startsWith("--json and --events exclude each other");
    }

    /** An input that stays open after this text. */
    private InputStream saying(String text) throws IOException {
        return new SequenceInputStream(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new PipedInputStream(open));
    }

    private int run(InputStream input, String... options) {
        CommandLine command = new CommandLine(new RunCommand(List.of(engine), new Interruption(), input))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    commandLine.getErr().println(failure.getMessage());
                    return failure instanceof PerfException expected
                            ? expected.exitCode().value()
                            : 1;
                });
        return command.execute(
                Stream.concat(Stream.of("ai-smoke", "--events", "--out", folder.toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private List<JsonNode> events() {
        return out.toString().lines().map(RunEventsTest::parsed).toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    private static String name(JsonNode event) {
        return event.path("event").asText();
    }

    private static JsonNode only(List<JsonNode> events, String name) {
        List<JsonNode> found =
                events.stream().filter(event -> name(event).equals(name)).toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static JsonNode last(List<JsonNode> events, String name) {
        return events.stream()
                .filter(event -> name(event).equals(name))
                .reduce((before, after) -> after)
                .orElseThrow();
    }
}
