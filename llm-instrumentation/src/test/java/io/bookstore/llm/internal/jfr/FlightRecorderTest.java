package io.bookstore.llm.internal.jfr;

import static io.bookstore.llm.SpanReader.onlySpan;
import static io.bookstore.llm.internal.jfr.RecordedEvents.CALL;
import static io.bookstore.llm.internal.jfr.RecordedEvents.REQUEST;
import static io.bookstore.llm.internal.jfr.RecordedEvents.RESPONSE;
import static io.bookstore.llm.internal.jfr.RecordedEvents.fields;
import static io.bookstore.llm.internal.jfr.RecordedEvents.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.bookstore.llm.AgentInvocation;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.HostProgram;
import io.bookstore.llm.Inference;
import io.bookstore.llm.ToolExecution;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.RetrievalRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.testing.Command;
import io.bookstore.testing.Warnings;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Events of the JDK's Flight Recorder, read from the files that recordings write. */
class FlightRecorderTest {

    private static final String CHUNK = "io.bookstore.llm.Chunk";

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings log = new Warnings();

    @TempDir
    Path folder;

    private final AtomicLong nanoTime = new AtomicLong();
    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .nanoTime(nanoTime::get)
            .build();

    @Test
    void callIsAnEventWithItsTokensCostAttemptsAndTrace() throws Exception {
        RecordedEvent event = onlyEvent(recorded(List.of(CALL), () -> {
            Inference call = telemetry.start(REQUEST);
            call.attemptFailed(ErrorType.RATE_LIMITED, 429, null);
            call.attemptSucceeded();
            call.complete(RESPONSE);
        }));

        assertThat(values(event))
                .containsOnly(
                        entry("operation", "chat"),
                        entry("provider", "openai"),
                        entry("model", "gpt-4o-mini"),
                        entry("responseModel", "gpt-4o-mini-2024-07-18"),
                        entry("streaming", true),
                        entry("outcome", "completed"),
                        entry("errorType", null),
                        entry("inputTokens", 520L),
                        entry("outputTokens", 200L),
                        entry("costUsd", 1.98E-4),
                        entry("timeToFirstChunk", Long.MIN_VALUE),
                        entry("attempts", 2),
                        entry("traceId", onlySpan(otel).getTraceId()),
                        entry("spanId", onlySpan(otel).getSpanId()));
        assertThat(event.getEventType().getName()).isEqualTo("io.bookstore.llm.Call");
        assertThat(event.getEventType().getCategoryNames()).containsExactly("LLM");
        assertThat(event.getDuration()).isGreaterThan(Duration.ZERO);
        assertThat(event.getStackTrace()).isNull();
    }

    @Test
    void failureHasAnErrorTypeAndNoMessageAndUnknownNumbersAreMarked() throws Exception {
        RecordedEvent event =
                onlyEvent(recorded(List.of(CALL), () -> telemetry.start(REQUEST).fail(new IOException("card 4111"))));

        assertThat(values(event))
                .contains(
                        entry("outcome", "failed"),
                        entry("errorType", "network"),
                        entry("responseModel", null),
                        entry("inputTokens", Long.MIN_VALUE),
                        entry("outputTokens", Long.MIN_VALUE),
                        entry("costUsd", Double.NaN),
                        entry("attempts", 0));
        assertThat(event.toString()).doesNotContain("4111");
    }

    @Test
    void cancelledCallIsAnEventOfTheThreadThatEndedIt() throws Exception {
        RecordedEvent event = onlyEvent(recorded(List.of(CALL), () -> {
            Thread reader = new Thread(telemetry.start(REQUEST)::cancel, "reader-that-leaves");
            reader.start();
            reader.join();
        }));

        assertThat(values(event)).contains(entry("outcome", "cancelled"), entry("errorType", null));
        assertThat(event.getThread().getJavaName()).isEqualTo("reader-that-leaves");
    }

    @Test
    void chunksFollowEachOtherFromTheStartOfTheirCall() throws Exception {
        List<RecordedEvent> events = recorded(List.of(CALL, CHUNK), () -> {
            Inference call = telemetry.start(REQUEST);
            nanoTime.set(80_000_000);
            call.chunk();
            call.chunk();
            call.chunk();
            call.complete(RESPONSE);
            call.chunk();
        });

        RecordedEvent call = ofKind("Call", events).get(0);
        List<RecordedEvent> chunks = ofKind("Chunk", events);
        assertThat(call.getDuration("timeToFirstChunk")).isEqualTo(Duration.ofMillis(80));
        assertThat(chunks).extracting(chunk -> chunk.getInt("number")).containsExactly(1, 2, 3);
        assertThat(values(chunks.get(2)))
                .containsOnly(
                        entry("number", 3),
                        entry("provider", "openai"),
                        entry("model", "gpt-4o-mini"),
                        entry("traceId", onlySpan(otel).getTraceId()),
                        entry("spanId", onlySpan(otel).getSpanId()));
        Instant end = call.getStartTime();
        assertThat(chunks.get(0).getStartTime()).isAfterOrEqualTo(end);
        for (RecordedEvent chunk : chunks) {
            assertThat(chunk.getEndTime()).isBetween(end, call.getEndTime());
            end = chunk.getEndTime();
        }
    }

    @Test
    void agentsToolsAndRetrievalsAreEventsOfOneTrace() throws Exception {
        List<String> kinds =
                List.of(CALL, "io.bookstore.llm.Agent", "io.bookstore.llm.Tool", "io.bookstore.llm.Retrieval");
        List<RecordedEvent> events = recorded(kinds, () -> {
            AgentInvocation agent = telemetry.startAgent(AgentRequest.of("Librarian", "openai"));
            try (Scope ignored = agent.makeCurrent()) {
                telemetry.startRetrieval(RetrievalRequest.of("shelves")).complete();
                ToolExecution tool = telemetry.startTool(ToolRequest.function("w".repeat(300)));
                try (Scope alsoIgnored = tool.makeCurrent()) {
                    telemetry.start(REQUEST).complete(RESPONSE);
                }
                tool.fail(ErrorType.NOT_FOUND);
            }
            agent.cancel();
        });

        assertThat(events).hasSize(4);
        assertThat(values(ofKind("Agent", events).get(0)))
                .contains(entry("agent", "Librarian"), entry("outcome", "cancelled"), entry("errorType", null));
        assertThat(values(ofKind("Retrieval", events).get(0)))
                .contains(entry("dataSource", "shelves"), entry("outcome", "completed"));
        assertThat(values(ofKind("Tool", events).get(0)))
                .contains(entry("tool", "w".repeat(256)), entry("outcome", "failed"), entry("errorType", "not_found"));
        assertThat(events)
                .extracting(event -> event.getString("traceId"))
                .containsOnly(otel.getSpans().get(0).getTraceId());
        assertThat(events).extracting(event -> event.getString("spanId")).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsRecordedUnlessARecordingNamesIt() throws Exception {
        List<RecordedEvent> events = recorded(List.of(), () -> {
            Inference call = telemetry.start(REQUEST);
            call.chunk();
            call.complete(RESPONSE);
            telemetry.callTool(ToolRequest.function("weather"), () -> "sunny");
        });

        assertThat(events).isEmpty();
    }

    @Test
    void callThatBeganBeforeTheRecordingIsNotTakenForTheCallAroundIt() throws Exception {
        Inference[] calls = new Inference[2];
        assertThat(recorded(List.of(CALL), () -> calls[0] = telemetry.start(REQUEST)))
                .isEmpty();
        try (Scope ignored = calls[0].makeCurrent()) {
            calls[1] = telemetry.start(
                    InferenceRequest.chat("anthropic", "claude-sonnet-4-5").build());
        }

        assertThat(recorded(List.of(CALL), () -> calls[1].complete(RESPONSE))).isEmpty();
    }

    @Test
    void spanThatThrowsCostsTheEventsOnly() throws Exception {
        Span broken = (Span) Proxy.newProxyInstance(
                Span.class.getClassLoader(), new Class<?>[] {Span.class}, (span, method, arguments) -> {
                    if (method.getName().equals("storeInContext")) {
                        return InvocationHandler.invokeDefault(span, method, arguments);
                    }
                    throw new IllegalStateException("host's defect");
                });
        GenAiTelemetry underIt = GenAiTelemetry.create(OpenTelemetry.noop());

        List<RecordedEvent> events = recorded(List.of(CALL, CHUNK), () -> {
            try (Scope ignored = Context.root().with(broken).makeCurrent()) {
                Inference call = underIt.start(REQUEST);
                call.chunk();
                call.complete(RESPONSE);
            }
        });

        assertThat(events).isEmpty();
        assertThat(log.all())
                .filteredOn(warning -> warning.contains("record_event"))
                .singleElement()
                .asString()
                .endsWith("host's defect");
    }

    // The JDK needs some hundred milliseconds for the first event class of a process.
    @Test
    void programWithoutARecordingPaysForNoEvent() {
        assertThat(printedByAHost("-Xlog:class+load"))
                .contains("answer hello", "failures []", "jdk.jfr.FlightRecorder")
                .doesNotContain("jdk.jfr.internal.MetadataRepository");
    }

    @Test
    void programThatIsRecordedFromItsStartIsNotWarnedByItsJvm() {
        Path file = folder.resolve("start.jfr");

        assertThat(printedByAHost("-XX:StartFlightRecording:filename=" + file + ",+" + CALL + "#enabled=true"))
                .contains("answer hello", "failures []")
                .doesNotContain("[warning][jfr");
    }

    @Test
    void programWithoutTheRecordersModuleRunsAsEver() {
        assertThat(printedByAHost("--limit-modules", "java.se,jdk.unsupported"))
                .contains("answer hello", "failures []")
                .doesNotContain(" WARN ");
    }

    /** The events of the library in a recording in which only these are on. */
    private List<RecordedEvent> recorded(List<String> kinds, Work work) throws Exception {
        try (Recording recording = new Recording()) {
            kinds.forEach(recording::enable);
            recording.start();
            work.run();
            recording.stop();
            Path file = folder.resolve("events.jfr");
            recording.dump(file);
            return read(file);
        }
    }

    private static List<RecordedEvent> ofKind(String kind, List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("io.bookstore.llm." + kind))
                .toList();
    }

    private static RecordedEvent onlyEvent(List<RecordedEvent> events) {
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private static Map<String, Object> values(RecordedEvent event) {
        Map<String, Object> values = new LinkedHashMap<>();
        fields(event.getEventType()).forEach(field -> values.put(field.getName(), event.getValue(field.getName())));
        return values;
    }

    private static String printedByAHost(String... options) {
        Command.Result host = Command.java(128, options)
                .and("-cp", System.getProperty("java.class.path"), HostProgram.class.getName())
                .run();
        assertThat(host.exitCode()).as(host.tail()).isZero();
        return host.output();
    }

    private interface Work {
        void run() throws Exception;
    }
}
