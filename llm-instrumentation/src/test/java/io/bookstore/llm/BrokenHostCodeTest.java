package io.bookstore.llm;

import static io.bookstore.llm.HostCalls.USAGE;
import static io.bookstore.llm.HostCalls.aChat;
import static io.bookstore.llm.HostCalls.ask;
import static io.bookstore.llm.HostCalls.points;
import static io.bookstore.llm.HostCalls.telemetry;
import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.content.Content;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.content.Message;
import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.metrics.MetricsRecorder;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.semconv.GenAiMetric;
import io.bookstore.testing.Warnings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Code of the host that throws, or that never returns, costs what it was asked for and never the host's call. */
class BrokenHostCodeTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings log = new Warnings();

    @Test
    void redactorThatThrowsCostsTheContentOnly() throws Exception {
        GenAiTelemetry telemetry = telemetry(otel)
                .content(ContentPolicy.redacted(text -> {
                    throw new IllegalStateException("redactor's defect");
                }))
                .build();

        for (int i = 0; i < 3; i++) {
            Inference call = telemetry.start(aChat("gpt-4o"));
            call.content(() -> Content.ofInput(Message.user("my name is Ada")));
            call.complete(InferenceResponse.of("gpt-4o", USAGE));
        }

        assertThat(otel.getSpans())
                .hasSize(3)
                .allSatisfy(span -> assertThat(attributes(span))
                        .containsEntry("gen_ai.usage.input_tokens", 7L)
                        .containsEntry("llm.outcome", "completed")
                        .doesNotContainKey("gen_ai.input.messages"));
        assertThat(otel.getSpans().toString()).doesNotContain("Ada");
        assertThat(log.all()).hasSize(1);
        assertThat(failures())
                .singleElement()
                .satisfies(stage -> assertThat(stage).endsWith(" 3"));
    }

    @Test
    void extractorThatThrowsCostsItsOwnAttributesOnly() throws Exception {
        GenAiTelemetry telemetry = telemetry(otel)
                .attributes(request -> {
                    throw new IllegalStateException("extractor's defect");
                })
                .build();

        for (int i = 0; i < 3; i++) {
            assertThat(ask(telemetry, "gpt-4o", USAGE)).isEqualTo("hello");
        }

        assertThat(otel.getSpans())
                .hasSize(3)
                .allSatisfy(span -> assertThat(attributes(span))
                        .containsEntry("gen_ai.request.model", "gpt-4o")
                        .containsEntry("gen_ai.usage.output_tokens", 3L));
        assertThat(log.all()).hasSize(1);
        assertThat(failures())
                .singleElement()
                .satisfies(stage -> assertThat(stage).endsWith(" 3"));
    }

    @Test
    void classifierThatThrowsLeavesTheMeaningToTheDefault() {
        GenAiTelemetry telemetry = telemetry(otel)
                .errors(error -> {
                    throw new IllegalStateException("classifier's defect");
                })
                .build();

        for (int i = 0; i < 3; i++) {
            telemetry.start(aChat("gpt-4o")).fail(new TimeoutException("late"));
        }

        assertThat(otel.getSpans())
                .hasSize(3)
                .allSatisfy(span -> assertThat(attributes(span)).containsEntry("error.type", "timeout"));
        assertThat(log.all()).hasSize(1);
        assertThat(failures()).containsExactly("classify_error 3");
    }

    // The SDK counts what it drops; the host has nothing to wait for.
    @Test
    void exporterThatHangsHoldsNoCall() throws Exception {
        CountDownLatch endOfTest = new CountDownLatch(1);
        SdkTracerProvider hanging = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(new HangingExporter(endOfTest))
                        .setMaxQueueSize(16)
                        .setMaxExportBatchSize(4)
                        .build())
                .build();
        try (OpenTelemetrySdk sdk =
                OpenTelemetrySdk.builder().setTracerProvider(hanging).build()) {
            GenAiTelemetry telemetry = GenAiTelemetry.create(sdk);

            for (int i = 0; i < 1_000; i++) {
                assertThat(ask(telemetry, "gpt-4o", USAGE)).isEqualTo("hello");
            }

            endOfTest.countDown();
        }
    }

    @Test
    void readerThatThrowsDoesNotReachTheHost() throws Exception {
        String answer = GenAiTelemetry.create(otel.getOpenTelemetry()).call(aChat("gpt-4o"), () -> "hello", text -> {
            throw new IllegalStateException("defect");
        });

        assertThat(answer).isEqualTo("hello");
        assertThat(onlySpan(otel).hasEnded()).isTrue();
        assertThat(log.all())
                .containsExactly("Telemetry of LLM calls failed to read_response; the calls are not affected: "
                        + "java.lang.IllegalStateException: defect");
    }

    @Test
    void recorderThatThrowsDoesNotReachTheHost() {
        GenAiTelemetry broken = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(new ThrowingRecorder())
                .build();

        Inference call = broken.start(aChat("gpt-4o"));
        call.attemptSucceeded();
        call.rateLimitRemaining("requests", 1);
        call.complete(InferenceResponse.of("m", TokenUsage.UNKNOWN));

        assertThat(onlySpan(otel).hasEnded()).isTrue();
        assertThat(log.all())
                .containsExactly("Telemetry of LLM calls failed to record_metrics; the calls are not affected: "
                        + "java.lang.IllegalStateException: llm.requests.active");
    }

    // What throws here is no RuntimeException: a host that runs with assertions, or a recorder of another version.
    @Test
    void recorderThatCannotEvenMakeASeriesDoesNotReachTheHost() {
        GenAiTelemetry broken = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics((metric, keys, attributes) -> {
                    throw new AssertionError(metric.wireName());
                })
                .build();

        Inference call = broken.start(aChat("gpt-4o"));
        call.attemptSucceeded();
        call.complete(InferenceResponse.of("m", TokenUsage.UNKNOWN));

        assertThat(onlySpan(otel).hasEnded()).isTrue();
        assertThat(log.all())
                .containsExactly("Telemetry of LLM calls failed to record_metrics; the calls are not affected: "
                        + "java.lang.AssertionError: llm.requests.active");
    }

    private static List<String> failures() {
        return points(otel, "llm.instrumentation.failures")
                .map(point ->
                        point.getAttributes().get(AttributeKey.stringKey("stage")) + " " + (long) point.getValue())
                .toList();
    }

    private static final class HangingExporter implements SpanExporter {

        private final CountDownLatch endOfTest;

        HangingExporter(CountDownLatch endOfTest) {
            this.endOfTest = endOfTest;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            try {
                endOfTest.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private static final class ThrowingRecorder implements MetricsRecorder {

        @Override
        public Series series(GenAiMetric metric, List<AttributeKey<?>> keys, Attributes attributes) {
            return value -> {
                throw new IllegalStateException(metric.wireName());
            };
        }
    }
}
