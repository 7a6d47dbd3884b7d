package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.Evaluation;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.testing.Finding;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallEventsTest {

    private static final InferenceRequest REQUEST =
            InferenceRequest.chat("openai", "gpt-4o").maxTokens(500).build();
    private static final InferenceResponse RESPONSE =
            new InferenceResponse("chatcmpl-1", "gpt-4o", List.of("stop"), TokenUsage.of(31L, 5L));

    private final InMemoryLogRecordExporter logs = InMemoryLogRecordExporter.create();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetry openTelemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setLoggerProvider(SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(logs))
                    .build())
            .build();

    @AfterEach
    void eventsConform() {
        assertThat(GenAiConformance.of(GenAiConventions.V1_41, GenAiConventions.V0_1)
                        .checkEvents(logs.getFinishedLogRecordItems()))
                .isEmpty();
    }

    @Test
    void nothingIsWrittenUnlessAskedFor() {
        Inference call = GenAiTelemetry.create(openTelemetry).start(REQUEST);
        call.fail(new IOException("refused"));

        assertThat(logs.getFinishedLogRecordItems()).isEmpty();
    }

    @Test
    void judgementOfAnAnswerIsAnEventUnderItsSpanEvenAfterItsEnd() {
        Inference call = GenAiTelemetry.create(openTelemetry).start(REQUEST);
        call.complete(RESPONSE);
        call.evaluated(Evaluation.ofScore("relevance", 0.9).withLabel("pass").withExplanation("names the author"));

        LogRecordData event = onlyEvent("gen_ai.evaluation.result");
        assertThat(attributes(event))
                .containsOnly(
                        Map.entry("gen_ai.evaluation.name", "relevance"),
                        Map.entry("gen_ai.evaluation.score.value", 0.9),
                        Map.entry("gen_ai.evaluation.score.label", "pass"),
                        Map.entry("gen_ai.evaluation.explanation", "names the author"),
                        Map.entry("gen_ai.response.id", "chatcmpl-1"));
        assertThat(event.getSpanContext()).isEqualTo(span().getSpanContext());
    }

    @Test
    void judgementOfACallThatNobodyMeasuresIsNotWritten() {
        GenAiTelemetry.builder(openTelemetry)
                .enabled(false)
                .build()
                .start(REQUEST)
                .evaluated(Evaluation.ofLabel("language", "en"));

        assertThat(logs.getFinishedLogRecordItems()).isEmpty();
    }

    @Test
    void judgementWithoutANameOrAResultIsRefused() {
        assertThatThrownBy(() -> Evaluation.ofScore(" ", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evaluation name must not be blank");
        assertThatThrownBy(() -> new Evaluation("relevance", null, null, "no idea"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("evaluation relevance must have a score or a label, has neither");
    }

    @Test
    void failureIsAWarningWithItsStackTrace() {
        Inference call = telemetry(GenAiEvent.EXCEPTION).start(REQUEST);
        call.fail(new IOException("refused"));

        assertThat(attributes(onlyEvent("gen_ai.client.operation.exception")))
                .containsEntry("exception.type", "java.io.IOException")
                .containsEntry("exception.message", "refused")
                .hasEntrySatisfying(
                        "exception.stacktrace",
                        trace -> assertThat(trace.toString())
                                .startsWith("java.io.IOException: refused")
                                .contains("failureIsAWarningWithItsStackTrace"));
    }

    @Test
    void newestConventionsAloneNameTheFailureAfterTheInference() {
        GenAiTelemetry.builder(openTelemetry)
                .events(GenAiEvent.EXCEPTION)
                .conventions(GenAiConventions.V0_1)
                .build()
                .start(REQUEST)
                .fail(new IOException("refused"));

        onlyEvent("gen_ai.client.inference.exception");
    }

    @Test
    void messagesOfExceptionsPassTheContentPolicyOnSpanAndEvent() {
        IOException error = new IOException("bad prompt: card 4111", new IllegalStateException("card 4111 again"));
        error.addSuppressed(new IllegalArgumentException("and card 4111"));
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .events(GenAiEvent.EXCEPTION)
                .content(ContentPolicy.redacted(text -> text.replaceAll("\\d", "#")))
                .build();
        telemetry.start(REQUEST).fail(error);

        Map<String, Object> event = attributes(onlyEvent("gen_ai.client.operation.exception"));
        assertThat(event)
                .containsEntry("exception.type", "java.io.IOException")
                .containsEntry("exception.message", "bad prompt: card ####");
        assertThat(String.valueOf(event.get("exception.stacktrace")))
                .startsWith("java.io.IOException: bad prompt: card ####")
                .contains("Caused by: java.lang.IllegalStateException: card #### again")
                .contains("Suppressed: java.lang.IllegalArgumentException: and card ####")
                .containsPattern("CallEventsTest\\.java:\\d+")
                .doesNotContain("card 4111");
        assertThat(SpanReader.asMap(span().getEvents().get(0).getAttributes())).isEqualTo(event);
    }

    @Test
    void exceptionsHaveNoMessagesWhereTheHostWantsNone() {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .events(GenAiEvent.EXCEPTION)
                .exceptionMessages(false)
                .build();
        telemetry.start(REQUEST).fail(new IOException("card 4111", new IOException("card 4111")));

        Map<String, Object> event = attributes(onlyEvent("gen_ai.client.operation.exception"));
        assertThat(event).containsEntry("exception.type", "java.io.IOException").doesNotContainKey("exception.message");
        assertThat(String.valueOf(event.get("exception.stacktrace")))
                .contains("Caused by: java.io.IOException")
                .doesNotContain("card 4111");
        assertThat(SpanReader.asMap(span().getEvents().get(0).getAttributes())).isEqualTo(event);
    }

    @Test
    void policyThatFailsLeavesTheExceptionItsTypeAlone() {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .content(content -> {
                    throw new IllegalStateException("defect");
                })
                .build();
        telemetry.start(REQUEST).fail(new IOException("card 4111"));

        assertThat(SpanReader.asMap(span().getEvents().get(0).getAttributes()))
                .containsExactly(Map.entry("exception.type", "java.io.IOException"));
    }

    @Test
    void exceptionsInACircleArePrintedOnce() {
        IOException first = new IOException("first 1");
        IOException second = new IOException("second 2", first);
        first.initCause(second);
        GenAiTelemetry telemetry = GenAiTelemetry.builder(openTelemetry)
                .content(ContentPolicy.redacted(text -> text.replaceAll("\\d", "#")))
                .build();
        telemetry.start(REQUEST).fail(first);

        assertThat(SpanReader.asMap(span().getEvents().get(0).getAttributes()))
                .containsEntry("exception.message", "first #");
    }

    @Test
    void detailsAreWhatTheSpanSaysWithTheContentThatAPolicyLetsThrough() {
        Inference call = GenAiTelemetry.builder(openTelemetry)
                .events(GenAiEvent.OPERATION_DETAILS)
                .content(ContentPolicy.redacted(text -> text.replace("secret", "#")))
                .build()
                .start(REQUEST);
        call.content(() -> Content.ofInput(Message.user("a secret")));
        call.complete(RESPONSE);

        LogRecordData event = onlyEvent("gen_ai.client.inference.operation.details");
        assertThat(event.getAttributes().asMap())
                .isEqualTo(span().getAttributes().asMap());
        assertThat(attributes(event))
                .hasEntrySatisfying(
                        "gen_ai.input.messages",
                        said -> assertThat(said.toString()).contains("a #"));
    }

    @Test
    void departuresOfAnEventAreFoundByName() {
        Logger logger = openTelemetry.getLogsBridge().get("somebody else");
        logger.logRecordBuilder().setEventName("gen_ai.choice").emit();
        logger.logRecordBuilder()
                .setEventName("gen_ai.evaluation.result")
                .setAttribute("gen_ai.score", 1)
                .emit();
        logger.logRecordBuilder().setEventName("user.login").emit();

        assertThat(GenAiConformance.of(GenAiConventions.V1_41).checkEvents(logs.getFinishedLogRecordItems()))
                .extracting(Finding::toString)
                .containsExactly(
                        "unknown_event: gen_ai.choice: is not in these conventions",
                        "missing_required: gen_ai.evaluation.result: gen_ai.evaluation.name",
                        "unexpected_attribute: gen_ai.evaluation.result: gen_ai.score does not belong there",
                        "event_without_span: gen_ai.evaluation.result: must be written in the context of its call");
        logs.reset();
    }

    private GenAiTelemetry telemetry(GenAiEvent event) {
        return GenAiTelemetry.builder(openTelemetry).events(event).build();
    }

    private SpanData span() {
        return spans.getFinishedSpanItems().get(0);
    }

    private LogRecordData onlyEvent(String name) {
        assertThat(logs.getFinishedLogRecordItems())
                .extracting(LogRecordData::getEventName)
                .containsExactly(name);
        return logs.getFinishedLogRecordItems().get(0);
    }

    private static Map<String, Object> attributes(LogRecordData event) {
        Map<String, Object> attributes = new TreeMap<>();
        event.getAttributes().forEach((AttributeKey<?> key, Object value) -> attributes.put(key.getKey(), value));
        return attributes;
    }
}
