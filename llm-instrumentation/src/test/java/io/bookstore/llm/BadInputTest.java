package io.bookstore.llm;

import static io.bookstore.llm.HostCalls.USAGE;
import static io.bookstore.llm.HostCalls.aChat;
import static io.bookstore.llm.HostCalls.ask;
import static io.bookstore.llm.HostCalls.points;
import static io.bookstore.llm.HostCalls.telemetry;
import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.semconv.GenAiAttributes;
import io.bookstore.testing.Command;
import io.bookstore.testing.Warnings;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input to the telemetry never changes the host's call; a defect is one warning and a count. */
class BadInputTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings log = new Warnings();

    // The environment of a process is fixed at its start, so the host is a process of its own.
    @Test
    void brokenPriceListOfTheEnvironmentLeavesTheBundledPrices() throws Exception {
        Command.Result host = Command.java(
                        128, "-cp", System.getProperty("java.class.path"), HostProgram.class.getName())
                .with(Map.of("LLM_PRICES", "openai, gpt-4o*, cheap, 2, , , , , , , 2026-11-01, us"))
                .run();

        assertThat(host.exitCode()).as(host.output()).isZero();
        assertThat(host.output())
                .containsOnlyOnce(" WARN ")
                .contains("LLM_PRICES:1: input must be a number, was \"cheap\"")
                .contains("answer hello, cost 1.98E-4, answer hello, cost 1.98E-4, failures [read_prices 1]");
    }

    @Test
    void answerWithoutUsageHasNoTokensAndAnUnknownCost() throws Exception {
        assertThat(ask(telemetry(otel).build(), "gpt-4o", null)).isEqualTo("hello");

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .doesNotContainKeys("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "llm.cost.usd");
        assertThat(counted("llm.cost.unknown")).isEqualTo(1);
    }

    @Test
    void negativeCountIsTakenForNoCount() throws Exception {
        assertThat(ask(telemetry(otel).build(), "gpt-4o", TokenUsage.of(-5L, 3L)))
                .isEqualTo("hello");

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.usage.output_tokens", 3L)
                .doesNotContainKeys("gen_ai.usage.input_tokens", "llm.cost.usd");
        assertThat(tokens()).isEqualTo(3);
        assertThat(counted("llm.cost.unknown")).isEqualTo(1);
    }

    @Test
    void modelNameOfTenKilobytesIsCut() throws Exception {
        assertThat(ask(telemetry(otel).build(), "m".repeat(10_240), USAGE)).isEqualTo("hello");

        assertThat(onlySpan(otel).getName()).isEqualTo("chat " + "m".repeat(256));
        assertThat(attributes(onlySpan(otel))).containsEntry("gen_ai.request.model", "m".repeat(256));
        assertThat(otel.getMetrics().toString()).contains("m".repeat(256)).doesNotContain("m".repeat(257));
    }

    @SuppressWarnings("NullAway") // The host may not have been checked for nulls.
    @Test
    void nullsWhereNoneBelongDoNotReachTheHost() {
        Inference call = telemetry(otel).build().start(aChat("gpt-4o"));

        call.usage(null);
        call.attemptFailed(null, null, null);
        call.complete(null);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsEntry("llm.attempts", 1L)
                .containsKey("llm.latency");
    }

    @Test
    void waitOfMillenniaIsToldAsItIs() {
        Inference call = telemetry(otel).build().start(aChat("gpt-4o"));

        call.attemptFailed(ErrorType.RATE_LIMITED, 429, Duration.ofSeconds(99_999_999_999_999L));
        call.complete(InferenceResponse.of("gpt-4o", USAGE));

        assertThat(onlySpan(otel).getEvents())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.getAttributes().get(GenAiAttributes.ATTEMPT_RETRY_AFTER))
                        .isEqualTo(99_999_999_999_999.0));
    }

    static Stream<Arguments> wrongArguments() {
        return Stream.of(
                wrong("maxModels must be >= 1, was 0", () -> telemetry(otel).maxModels(0)),
                wrong(
                        "metricKeys must name attributes, one was blank",
                        () -> telemetry(otel).metricKeys("tenant", " ")),
                wrong(
                        "maxCharacters must be >= 1, was -1",
                        () -> ContentPolicy.everything().cutAt(-1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongArguments")
    void wrongArgumentOfABuilderIsNamedWithItsRule(String rule, ThrowingCallable build) {
        assertThatThrownBy(build).isInstanceOf(IllegalArgumentException.class).hasMessage(rule);
    }

    private static Arguments wrong(String rule, ThrowingCallable build) {
        return Arguments.of(rule, build);
    }

    @Test
    void nameThatIsBlankOrHasControlCharactersDoesNotReachTheSpanAsItIs() {
        GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());
        for (String model : List.of("", "  ", "a\0\nb")) {
            telemetry
                    .start(InferenceRequest.chat("openai", model).build())
                    .complete(InferenceResponse.of(model, TokenUsage.UNKNOWN));
        }

        assertThat(otel.getSpans()).extracting(SpanData::getName).containsExactly("chat", "chat", "chat a??b");
    }

    @Test
    void countThatNoModelCanReachIsNotSent() {
        assertThat(TokenUsage.of(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(TokenUsage.UNKNOWN);
    }

    @Test
    void parameterThatIsNoNumberOrNegativeIsLeftOut() {
        GenAiTelemetry.create(otel.getOpenTelemetry())
                .start(InferenceRequest.chat("openai", "gpt-4o")
                        .temperature(Double.NaN)
                        .topP(Double.POSITIVE_INFINITY)
                        .maxTokens(-7)
                        .topK(-1)
                        .frequencyPenalty(-1.5)
                        .build())
                .cancel();

        assertThat(attributes(otel.getSpans().get(0)))
                .containsEntry("gen_ai.request.frequency_penalty", -1.5)
                .doesNotContainKeys(
                        "gen_ai.request.temperature",
                        "gen_ai.request.top_p",
                        "gen_ai.request.max_tokens",
                        "gen_ai.request.top_k");
    }

    @Test
    void clockThatGoesBackMakesNoTimeNegative() {
        AtomicLong nanos = new AtomicLong(10_000_000_000L);
        Inference call = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .nanoTime(() -> nanos.getAndAdd(-5_000_000_000L))
                .build()
                .start(InferenceRequest.chat("openai", "gpt-4o").streaming(true).build());
        call.chunk();
        call.chunk();
        call.complete(InferenceResponse.of("gpt-4o", TokenUsage.UNKNOWN));

        assertThat(attributes(otel.getSpans().get(0)))
                .containsEntry("gen_ai.response.time_to_first_chunk", 0.0)
                .containsEntry("llm.latency", 0.0);
    }

    private static double counted(String name) {
        return points(otel, name).mapToDouble(DoublePointData::getValue).sum();
    }

    private static long tokens() {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals("llm.tokens"))
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .mapToLong(LongPointData::getValue)
                .sum();
    }
}
