package io.bookstore.llm;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each answer that has begun is paid for; if its tokens are not fully known, the span and a counter say so. */
class CutStreamUsageTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();

    static Stream<Arguments> cuts() {
        return Stream.of(
                cut("cancelled", Inference::cancel),
                cut("reset", call -> call.fail(new IOException("connection reset"))),
                cut("input told at the start, cancelled", call -> {
                    call.usage(TokenUsage.of(12L, 1L));
                    call.cancel();
                }),
                cut("complete without usage", call -> call.complete(InferenceResponse.of(null, TokenUsage.UNKNOWN))),
                cut(
                        "complete with half of its usage",
                        call -> call.complete(InferenceResponse.of(null, TokenUsage.of(12L, null)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    void tokensThatAreNotToldInFullLeaveASign(String name, Consumer<Inference> end) {
        Inference call = start();
        call.chunk();
        call.chunk();
        end.accept(call);

        assertThat(attributes(onlySpan(otel))).containsEntry("llm.usage.complete", false);
        assertThat(costUnknown()).isEqualTo(1);
    }

    @Test
    void wholeUsageIsNoLoss() {
        Inference call = start();
        call.chunk();
        call.complete(InferenceResponse.of(null, TokenUsage.of(12L, 7L)));

        assertThat(attributes(onlySpan(otel)))
                .doesNotContainKey("llm.usage.complete")
                .containsKey("llm.cost.usd");
        assertThat(costUnknown()).isZero();
    }

    @Test
    void callThatFailsBeforeItsFirstPieceCostsNothing() {
        start().fail(new IOException("refused"));

        assertThat(attributes(onlySpan(otel))).doesNotContainKey("llm.usage.complete");
        assertThat(costUnknown()).isZero();
    }

    private Inference start() {
        return telemetry.start(
                InferenceRequest.chat("openai", "gpt-4o-mini").streaming(true).build());
    }

    private static Arguments cut(String name, Consumer<Inference> end) {
        return Arguments.of(name, end);
    }

    private static double costUnknown() {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals("llm.cost.unknown"))
                .flatMap(metric -> metric.getDoubleSumData().getPoints().stream())
                .mapToDouble(DoublePointData::getValue)
                .sum();
    }
}
