package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.llm.cost.Cost;
import io.bookstore.llm.cost.PriceList;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of every call, however many there are and however they end. */
class CallPropertiesTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final long SEED = 20261125;

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();

    @Test
    void identicalConcurrentCallsAreOneSpanEach() throws Exception {
        int calls = 64;
        InferenceRequest same = aChat();
        CountDownLatch allStarted = new CountDownLatch(calls);

        run(Thread::new, calls, () -> {
            Inference call = telemetry.start(same);
            allStarted.countDown();
            allStarted.await();
            call.complete(InferenceResponse.of("claude-sonnet-4-5", TokenUsage.of(7L, 3L)));
        });

        assertThat(otel.getSpans()).hasSize(calls);
        assertThat(otel.getSpans()).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
        assertThat(counter("llm.tokens")).isEqualTo(calls * 10.0);
        assertThat(counter("llm.requests.active")).isZero();
    }

    @Test
    void callMayBeCancelledAtEveryChunk() {
        int chunks = 20;
        for (int cancelAt = 0; cancelAt <= chunks; cancelAt++) {
            Inference call = telemetry.start(aStream());
            for (int chunk = 0; chunk < chunks; chunk++) {
                if (chunk == cancelAt) {
                    call.cancel();
                }
                call.chunk();
            }
            call.close();
        }

        assertThat(otel.getSpans()).hasSize(chunks + 1).allSatisfy(span -> {
            assertThat(span.hasEnded()).isTrue();
            assertThat(SpanReader.attributes(span)).containsEntry("llm.outcome", "cancelled");
        });
        assertThat(otel.getSpans().stream()
                        .filter(span -> SpanReader.attributes(span).containsKey("gen_ai.response.time_to_first_chunk")))
                .as("all but the one that was cancelled before its first chunk")
                .hasSize(chunks);
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @Test
    void costsOfCallsAddUpToTheCounter() {
        PriceList prices = PriceList.bundled();
        Random random = new Random(SEED);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < 500; i++) {
            TokenUsage usage = TokenUsage.of((long) random.nextInt(300_000), (long) random.nextInt(10_000));
            telemetry.start(aChat()).complete(InferenceResponse.of("claude-sonnet-4-5", usage));
            Cost cost = Objects.requireNonNull(
                    prices.cost("anthropic", "claude-sonnet-4-5", null, usage, LocalDate.now(ZoneOffset.UTC)));
            sum = sum.add(cost.usd());
        }

        assertThat(counter("llm.cost.usd")).isCloseTo(sum.doubleValue(), within(1e-6));
    }

    @Test
    void partsNeverExceedTheirTotals() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            Long[] counts = IntStream.range(0, 4)
                    .mapToObj(n -> random.nextInt(5) == 0 ? null : Long.valueOf(random.nextInt(60) - 10))
                    .toArray(Long[]::new);
            for (TokenUsage usage : List.of(
                    new TokenUsage(counts[0], counts[1], counts[2], counts[3], counts[1]),
                    TokenUsage.anthropic(counts[0], counts[1], counts[2], counts[3]),
                    TokenUsage.gemini(counts[0], counts[1], counts[2], counts[3]))) {
                assertThat(orZero(usage.cacheRead()) + orZero(usage.cacheWrite()))
                        .as("%s", usage)
                        .isLessThanOrEqualTo(usage.input() == null ? Long.MAX_VALUE : usage.input());
                assertThat(orZero(usage.reasoning()))
                        .as("%s", usage)
                        .isLessThanOrEqualTo(usage.output() == null ? Long.MAX_VALUE : usage.output());
            }
        }
    }

    static Stream<ThreadFactory> threads() {
        return Stream.concat(Stream.<ThreadFactory>of(Thread::new), VirtualThreads.factory().stream());
    }

    @ParameterizedTest
    @MethodSource("threads")
    void spansHaveTheRightParentsOnEveryKindOfThread(ThreadFactory factory) throws Exception {
        run(factory, 16, () -> {
            Span request = otel.getOpenTelemetry()
                    .getTracer("host")
                    .spanBuilder("request")
                    .startSpan();
            try (Scope ignored = request.makeCurrent()) {
                Inference call = telemetry.start(aStream());
                callBackOn(factory, call);
            }
            request.end();
        });

        assertThat(spans("chat claude-sonnet-4-5"))
                .hasSize(16)
                .allSatisfy(call -> assertThat(spans("request")).anySatisfy(request -> isChildOf(call, request)));
        assertThat(spans("work of the callback"))
                .hasSize(16)
                .allSatisfy(
                        work -> assertThat(spans("chat claude-sonnet-4-5")).anySatisfy(call -> isChildOf(work, call)));
        assertThat(Span.current().getSpanContext().isValid())
                .as("no scope leaks")
                .isFalse();
    }

    /** Answers as a client does: on a thread that knows nothing of the caller's context. */
    private void callBackOn(ThreadFactory factory, Inference call) throws Exception {
        Thread callback = factory.newThread(() -> {
            try (Scope ignored = call.makeCurrent()) {
                otel.getOpenTelemetry()
                        .getTracer("host")
                        .spanBuilder("work of the callback")
                        .startSpan()
                        .end();
            }
            call.chunk();
            call.complete(InferenceResponse.of(null, TokenUsage.UNKNOWN));
        });
        callback.start();
        callback.join();
    }

    @Test
    void nestedWrappersOfOneCallCountItOnce() throws Exception {
        telemetry.call(
                aChat(),
                () -> telemetry.call(
                        InferenceRequest.chat("anthropic", "claude-sonnet-4-5-20250929")
                                .build(),
                        () -> "answer",
                        answer -> InferenceResponse.of(null, TokenUsage.of(7L, 3L))),
                answer -> InferenceResponse.of(null, TokenUsage.of(7L, 3L)));

        assertThat(otel.getSpans()).hasSize(1);
        assertThat(counter("llm.tokens")).isEqualTo(10.0);
    }

    @Test
    void modelsBeyondTheLimitShareOneSeries() {
        for (int i = 0; i < 1_000; i++) {
            telemetry
                    .start(InferenceRequest.chat("openai", "model-" + i).build())
                    .complete(InferenceResponse.of("model-" + i, TokenUsage.of(1L, 1L)));
        }

        assertThat(metric("llm.cost.unknown").getLongSumData().getPoints().size()
                        + metric("llm.cost.unknown")
                                .getDoubleSumData()
                                .getPoints()
                                .size())
                .isEqualTo(51);
        assertThat(otel.getSpans()).extracting(SpanData::getName).contains("chat model-999");
    }

    @Test
    void disabledTelemetryLeavesNothingBehind() throws Exception {
        GenAiTelemetry disabled = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
                .enabled(false)
                .build();

        String answer =
                disabled.call(aChat(), () -> "answer", text -> InferenceResponse.of(null, TokenUsage.of(1L, 1L)));
        try (Inference call = disabled.start(aStream());
                Scope ignored = call.makeCurrent()) {
            call.chunk();
            call.attemptFailed(ErrorType.TIMEOUT, null, null);
            call.rateLimitRemaining("requests", 1);
            assertThat(Inference.current()).isNull();
        }
        disabled.startTool(ToolRequest.function("clock")).complete(null);

        assertThat(answer).isEqualTo("answer");
        assertThat(otel.getSpans()).isEmpty();
        assertThat(otel.getMetrics()).isEmpty();
    }

    private static void isChildOf(SpanData child, SpanData parent) {
        assertThat(child.getParentSpanId()).isEqualTo(parent.getSpanId());
        assertThat(child.getTraceId()).isEqualTo(parent.getTraceId());
    }

    private static List<SpanData> spans(String name) {
        return otel.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static void run(ThreadFactory factory, int count, Work work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        AtomicReference<Exception> failure = new AtomicReference<>();
        for (int i = 0; i < count; i++) {
            threads.add(factory.newThread(() -> {
                try {
                    work.run();
                } catch (Exception e) {
                    failure.set(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure).hasNullValue();
    }

    private static double counter(String name) {
        MetricData metric = metric(name);
        return metric.getDoubleSumData().getPoints().stream()
                        .mapToDouble(DoublePointData::getValue)
                        .sum()
                + metric.getLongSumData().getPoints().stream()
                        .mapToDouble(point -> point.getValue())
                        .sum();
    }

    private static MetricData metric(String name) {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static InferenceRequest aChat() {
        return InferenceRequest.chat("anthropic", "claude-sonnet-4-5").build();
    }

    private static InferenceRequest aStream() {
        return InferenceRequest.chat("anthropic", "claude-sonnet-4-5")
                .streaming(true)
                .build();
    }

    private interface Work {
        void run() throws Exception;
    }
}
