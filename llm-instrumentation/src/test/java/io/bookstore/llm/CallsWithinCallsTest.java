package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same call seen by two wrappers counts once; a call that another one leads to counts for itself. */
class CallsWithinCallsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();

    @Test
    void callOfASubAgentWithinAToolIsACall() throws Exception {
        Inference agent = telemetry.start(chat("gpt-4o"));
        try (Scope ignored = agent.makeCurrent()) {
            telemetry.callTool(ToolRequest.function("ask_expert"), () -> ask("gpt-4o"));
        }
        agent.complete(InferenceResponse.of(null, TokenUsage.of(1L, 1L)));

        SpanData tool = span("execute_tool ask_expert");
        assertThat(otel.getSpans()).hasSize(3);
        assertThat(otel.getSpans())
                .filteredOn(span -> span.getParentSpanId().equals(tool.getSpanId()))
                .extracting(SpanData::getName)
                .containsExactly("chat gpt-4o");
        assertThat(tokens()).isEqualTo(2 + 2_000);
    }

    @Test
    void everyModelOfAFanOutIsACall() throws Exception {
        Inference router = telemetry.start(chat("router"));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<String>> answers = Stream.of("gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5")
                    .map(model -> threads.submit(router.context().wrap(() -> ask(model))))
                    .toList();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("hello");
            }
        } finally {
            threads.shutdown();
        }
        router.complete(InferenceResponse.of(null, TokenUsage.of(1L, 1L)));

        assertThat(otel.getSpans())
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("chat router", "chat gpt-4o", "chat gpt-4o-mini", "chat claude-sonnet-4-5");
        assertThat(tokens()).isEqualTo(2 + 3 * 2_000);
    }

    @ParameterizedTest(name = "{0} within {1}")
    @CsvSource({
        "gpt-4o, gpt-4o",
        "gpt-4o-2024-08-06, gpt-4o",
        "gpt-4o, gpt-4o-2024-08-06",
        "claude-haiku-latest, claude-haiku",
        ", gpt-4o",
        "gpt-4o,"
    })
    void sameCallSeenByANestedWrapperAddsNothing(@Nullable String inner, @Nullable String outer) throws Exception {
        String answer = telemetry.call(
                chat(outer), () -> ask(inner), text -> InferenceResponse.of(null, TokenUsage.of(1_000L, 1_000L)));

        assertThat(answer).isEqualTo("hello");
        assertThat(otel.getSpans()).hasSize(1);
        assertThat(tokens()).isEqualTo(2_000);
    }

    @ParameterizedTest(name = "{0} within {1}")
    @CsvSource({"gpt-4o-mini, gpt-4o", "claude-opus-4-5, claude-opus-4"})
    void siblingOfAModelIsAnotherModel(String inner, String outer) throws Exception {
        telemetry.call(chat(outer), () -> ask(inner), text -> InferenceResponse.of(null, TokenUsage.of(1L, 1L)));

        assertThat(otel.getSpans()).hasSize(2);
    }

    @Test
    void callThatStartsInTheContextAroundAnotherIsACall() throws Exception {
        Inference first = telemetry.start(chat("gpt-4o"));
        try (Scope ignored = first.makeCurrent()) {
            Context around = first.parent();
            around.wrap(() -> ask("gpt-4o")).call();
        }
        first.complete(InferenceResponse.of(null, TokenUsage.of(1L, 1L)));

        assertThat(otel.getSpans()).hasSize(2);
    }

    private String ask(@Nullable String model) throws Exception {
        return telemetry.call(
                chat(model), () -> "hello", text -> InferenceResponse.of(null, TokenUsage.of(1_000L, 1_000L)));
    }

    private static InferenceRequest chat(@Nullable String model) {
        return InferenceRequest.chat("openai", model).build();
    }

    private static SpanData span(String name) {
        return otel.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long tokens() {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals("llm.tokens"))
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .mapToLong(LongPointData::getValue)
                .sum();
    }
}
