package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.testing.Warnings;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The host's span stays the host's where a call or a tool within it gets no span of its own. */
class HostSpanTest {

    @RegisterExtension
    final Warnings log = new Warnings();

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(new FailingForOthers())
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build();
    private final GenAiTelemetry telemetry = GenAiTelemetry.create(sdk);

    @AfterEach
    void close() {
        sdk.close();
    }

    @Test
    void callWhoseSpanCannotStartLeavesTheHostsSpanAlone() {
        withinHostSpan(() -> {
            Inference call =
                    telemetry.start(InferenceRequest.chat("openai", "gpt-4o").build());
            call.attemptFailed(ErrorType.TIMEOUT, 504, null);
            call.fail(new IllegalStateException("the provider's"));
        });

        assertThat(log.all())
                .containsExactly("Telemetry of LLM calls failed to start_span; the calls are not affected: "
                        + "java.lang.AssertionError: unexpected span chat gpt-4o");
    }

    @Test
    void toolWhoseSpanCannotStartLeavesTheHostsSpanAlone() {
        withinHostSpan(() ->
                telemetry.startTool(ToolRequest.function("weather")).fail(new IllegalStateException("the tool's")));

        assertThat(log.all())
                .containsExactly("Telemetry of LLM calls failed to start_span; the calls are not affected: "
                        + "java.lang.AssertionError: unexpected span execute_tool weather");
    }

    private void withinHostSpan(Runnable work) {
        Span host = sdk.getTracer("host")
                .spanBuilder("POST /summaries")
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        try (Scope ignored = host.makeCurrent()) {
            work.run();
            assertThat(host.isRecording()).as("the host ends its span itself").isTrue();
        }
        host.end();

        List<SpanData> spans = exporter.getFinishedSpanItems();
        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.getAttributes().isEmpty()).isTrue();
            assertThat(span.getEvents()).isEmpty();
            assertThat(span.getStatus()).isEqualTo(StatusData.unset());
        });
    }

    /** A processor of the host's with a defect: it knows no other spans than the host's. */
    private static final class FailingForOthers implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            if (span.getKind() != SpanKind.SERVER) {
                throw new AssertionError("unexpected span " + span.getName());
            }
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {}

        @Override
        public boolean isEndRequired() {
            return false;
        }
    }
}
