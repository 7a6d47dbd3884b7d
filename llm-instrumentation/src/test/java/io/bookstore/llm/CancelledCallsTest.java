package io.bookstore.llm;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.GenAiEvent;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call that its caller gave up is no error, however the caller says so. */
class CancelledCallsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .events(GenAiEvent.EXCEPTION)
            .errors(error -> error instanceof ReaderLeftException ? ErrorType.CANCELLED : ErrorType.OTHER)
            .build();

    static Stream<Arguments> ways() {
        return Stream.of(
                way("fail(CancellationException)", call -> call.fail(new CancellationException())),
                way("fail(InterruptedException)", call -> call.fail(new InterruptedException())),
                way("fail in a future", call -> call.fail(new CompletionException(new CancellationException()))),
                way("errors(e -> CANCELLED)", call -> call.fail(new ReaderLeftException())),
                way(
                        "fail(e, of a framework)",
                        call -> call.fail(new IllegalStateException("left"), error -> ErrorType.CANCELLED)),
                way("fail(e, CANCELLED)", call -> call.fail(new IOException("left"), ErrorType.CANCELLED)),
                way("cancel()", Inference::cancel),
                way("close()", Inference::close));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void spanOfACancelledCallHasNoError(String name, Consumer<Inference> way) {
        way.accept(telemetry.start(InferenceRequest.chat("openai", "gpt-4o").build()));

        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(onlySpan(otel).getEvents()).isEmpty();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "cancelled")
                .doesNotContainKey("error.type");
        assertThat(otel.getLogRecords()).isEmpty();
        assertThat(errorTypeOfTheDuration()).isEqualTo("cancelled");
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans());
    }

    @Test
    void spanOfACancelledToolHasNoError() {
        telemetry.startTool(ToolRequest.function("weather")).fail(new InterruptedException());

        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(onlySpan(otel).getEvents()).isEmpty();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "cancelled")
                .doesNotContainKey("error.type");
    }

    private static Arguments way(String name, Consumer<Inference> way) {
        return Arguments.of(name, way);
    }

    private static String errorTypeOfTheDuration() {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals("gen_ai.client.operation.duration"))
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .map(point -> String.valueOf(point.getAttributes().get(AttributeKey.stringKey("error.type"))))
                .reduce("", String::concat);
    }

    private static final class ReaderLeftException extends RuntimeException {}
}
