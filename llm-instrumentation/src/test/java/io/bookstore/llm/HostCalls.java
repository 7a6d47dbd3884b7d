package io.bookstore.llm;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls of a host, and what is counted of them. */
final class HostCalls {

    static final TokenUsage USAGE = TokenUsage.of(7L, 3L);

    private HostCalls() {}

    static GenAiTelemetryBuilder telemetry(OpenTelemetryExtension otel) {
        return GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()));
    }

    @SuppressWarnings("NullAway") // A null usage is what this is about.
    static String ask(GenAiTelemetry telemetry, String model, @Nullable TokenUsage usage) throws Exception {
        return telemetry.call(aChat(model), () -> "hello", answer -> InferenceResponse.of(model, usage));
    }

    static InferenceRequest aChat(String model) {
        return InferenceRequest.chat("openai", model).build();
    }

    static Stream<DoublePointData> points(OpenTelemetryExtension otel, String name) {
        return otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getDoubleSumData().getPoints().stream());
    }
}
