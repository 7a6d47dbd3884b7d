package io.bookstore.genai.spans;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.genai.PerfLine;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiEvent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service that sends to the port of the command; {@link CheckedFilesTest} has its files. */
class CheckSpansCommandTest {

    private static final Pattern ENDPOINT = Pattern.compile("OTEL_EXPORTER_OTLP_ENDPOINT=(\\S+) ");

    private final PerfLine perf = new PerfLine();

    @Test
    void serviceWithTheKitsLibraryConformsInAllSignals() throws Exception {
        // given
        CompletableFuture<Integer> exitCode = perf.start("check-spans", "0");

        // when
        try (MeasuredService service = new MeasuredService(perf.await(ENDPOINT, exitCode))) {
            GenAiTelemetry telemetry = GenAiTelemetry.builder(service.sdk())
                    .metrics(OpenTelemetryRecorder.create(service.sdk()))
                    .events(GenAiEvent.OPERATION_DETAILS)
                    .build();
            call(telemetry);
            call(telemetry);
            service.sdk()
                    .getTracer("test")
                    .spanBuilder("GET /books")
                    .startSpan()
                    .end();
            service.send();
        }
        perf.interrupt();

        // then
        assertThat(exitCode.get(5, TimeUnit.MINUTES)).as(perf.out()).isZero();
        assertThat(perf.out())
                .containsPattern("judged      spans: 2, metrics: [2-9], log records: 2; calls: 2")
                .containsPattern("not judged  spans: 1, metrics: \\d+, log records: 0, for they have no gen_ai name")
                .endsWith("Nothing departs from the conventions v1-41.\n");
    }

    @Test
    void departureIsSaidWhenItComesAndCountedAtTheEnd() throws Exception {
        // given
        CompletableFuture<Integer> exitCode = perf.start("check-spans", "0");

        // when
        try (MeasuredService service = new MeasuredService(perf.await(ENDPOINT, exitCode))) {
            chat(service, SpanKind.INTERNAL);
            chat(service, SpanKind.INTERNAL);
            service.send();
        }

        // then
        String said = perf.await(Pattern.compile("(?m)^(wrong_kind: .*)$"), exitCode);
        assertThat(said)
                .matches("wrong_kind: chat m: must be CLIENT, is INTERNAL"
                        + " \\(service shop, trace [0-9a-f]{32}, span [0-9a-f]{16}\\)");
        perf.interrupt();
        assertThat(exitCode.get(5, TimeUnit.MINUTES)).isEqualTo(99);
        assertThat(perf.out())
                .contains("    2  " + said + "\n", "no metrics of calls came")
                .endsWith("Departures from the conventions v1-41: 1.\n");
    }

    @Test
    void durationThatIsNoMetricThoughOthersCameIsMissing() throws Exception {
        // given
        CompletableFuture<Integer> exitCode = perf.start("check-spans", "0", "--json");

        // when
        try (MeasuredService service = new MeasuredService(perf.await(ENDPOINT, exitCode))) {
            chat(service, SpanKind.CLIENT);
            service.sdk().getMeter("test").counterBuilder("orders").build().add(1);
            service.send();
        }
        perf.interrupt();

        // then
        assertThat(exitCode.get(5, TimeUnit.MINUTES)).isEqualTo(99);
        JsonNode verdict = new ObjectMapper().readTree(perf.out());
        assertThat(verdict.at("/departures/0").toString())
                .isEqualTo("{\"rule\":\"missing_metric\",\"subject\":\"gen_ai.client.operation.duration\","
                        + "\"detail\":\"there are spans but no measurements\",\"times\":1,\"service\":\"shop\"}");
        assertThat(verdict.at("/verdict").asText()).isEqualTo("departs");
        assertThat(verdict.at("/judged").toString()).isEqualTo("{\"spans\":1,\"metrics\":0,\"logRecords\":0}");
        assertThat(perf.err()).contains("Receiving OTLP over HTTP until Ctrl-C.");
    }

    @Test
    void receptionEndsWithTheLastCallThatWasAskedFor() throws Exception {
        // given
        CompletableFuture<Integer> exitCode = perf.start("check-spans", "0", "--count", "2");

        // when
        try (MeasuredService service = new MeasuredService(perf.await(ENDPOINT, exitCode))) {
            chat(service, SpanKind.CLIENT);
            chat(service, SpanKind.CLIENT);
            service.send();
        }

        // then
        assertThat(exitCode.get(5, TimeUnit.MINUTES)).isZero();
        assertThat(perf.out()).contains("calls: 2\n");
    }

    @Test
    void nothingThatCameIsNoPass() {
        int exitCode = perf.run("check-spans", "0", "--for", "20ms");

        assertThat(exitCode).isEqualTo(65);
        assertThat(perf.out()).endsWith("Nothing was judged, which is no pass: nothing came at all.\n");
    }

    @Test
    void takenPortIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exitCode = perf.run("check-spans", "" + taken.getLocalPort());

            assertThat(exitCode).isEqualTo(71);
            assertThat(perf.err())
                    .startsWith("Cannot receive spans on port " + taken.getLocalPort() + " (")
                    .endsWith("): stop the program that uses it, or name another port.\n")
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            70000                      | PORT must be a port, 0 to 65535, was 70000.
            0 --for soon               | --for must be a time like 30s, was "soon".
            0 --for 0s                 | --for must be a time like 30s, was "0s".
            0 --count 0                | --count must be a whole number from 1, was 0.
            a.jsonl --count 3          | --count is for a PORT; a FILE is read to its end.
            a.jsonl --for 3s           | --for is for a PORT; a FILE is read to its end.
            0 --conventions v1-41,v2   | --conventions must be one of v1-36, v1-41, v0-1, was "v2".
            """)
    void badOptionIsOneSentenceAndExits64(String line, String sentence) {
        assertThat(perf.run(("check-spans " + line).split(" "))).isEqualTo(64);
        assertThat(perf.err()).isEqualTo(sentence + "\n");
    }

    private static void call(GenAiTelemetry telemetry) throws Exception {
        telemetry.call(
                InferenceRequest.chat("openai", "gpt-4o-mini").build(),
                () -> "Good.",
                text -> InferenceResponse.of("gpt-4o-mini", TokenUsage.of(1_000L, 100L)));
    }

    private static void chat(MeasuredService service, SpanKind kind) {
        Span span = service.sdk()
                .getTracer("test")
                .spanBuilder("chat m")
                .setSpanKind(kind)
                .startSpan();
        span.setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", "openai")
                .setAttribute("gen_ai.request.model", "m")
                .end();
    }
}
