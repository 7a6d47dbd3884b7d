package io.bookstore.llm;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.testing.Warnings;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Plain code that one method wraps in a call: its result, its exceptions, its stream. */
class WrappedCodeTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings log = new Warnings();

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @Test
    void plainCodeIsWrappedInOneCall() throws Exception {
        String answer = telemetry.call(
                aChat(), () -> "hello", text -> InferenceResponse.of("m", TokenUsage.of(1L, (long) text.length())));

        assertThat(answer).isEqualTo("hello");
        assertThat(attributes(onlySpan(otel))).containsEntry("gen_ai.usage.output_tokens", 5L);
    }

    @Test
    void exceptionOfPlainCodeIsRethrownAsItIs() {
        IOException failure = new IOException("gone");

        assertThatThrownBy(() -> telemetry.call(
                        aChat(),
                        () -> {
                            throw failure;
                        },
                        nothing -> InferenceResponse.of(null, TokenUsage.UNKNOWN)))
                .isSameAs(failure);
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "network");
    }

    @Test
    void streamOfPlainCodeIsOneCallWithItsChunks() throws Exception {
        String answer = telemetry.stream(aChat(), call -> {
            assertThat(Inference.current()).isSameAs(call);
            call.chunk();
            call.complete(InferenceResponse.of("m", TokenUsage.of(1L, 5L)));
            return "hello";
        });

        assertThat(answer).isEqualTo("hello");
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsKey("gen_ai.response.time_to_first_chunk");
    }

    @Test
    void streamThatBreaksIsAnErrorAndNoCancellation() {
        IOException reset = new IOException("connection reset");

        assertThatThrownBy(() -> telemetry.stream(aChat(), call -> {
                    call.chunk();
                    throw reset;
                }))
                .isSameAs(reset);

        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(onlySpan(otel).getEvents())
                .singleElement()
                .satisfies(event -> assertThat(event.getName()).isEqualTo("exception"));
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "failed")
                .containsEntry("error.type", "network");
    }

    @Test
    void streamThatIsLeftEarlyIsCancelled() {
        String first = telemetry.stream(aChat(), call -> {
            call.chunk();
            return "hello";
        });

        assertThat(first).isEqualTo("hello");
        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(onlySpan(otel))).containsEntry("llm.outcome", "cancelled");
    }

    private static InferenceRequest aChat() {
        return InferenceRequest.chat("anthropic", "claude-sonnet-4-5").build();
    }
}
