package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Labels of metrics: each kind of name has its own limit, and cancelled work is told from completed work. */
class MetricLabelsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .conventions(GenAiConventions.V0_1)
            .maxModels(2)
            .build();

    @Test
    void manyToolsLeaveTheModelsTheirNames() {
        for (int i = 0; i < 5; i++) {
            telemetry.startTool(ToolRequest.function("tool-" + i)).complete("done");
        }
        call("gpt-4o", "gpt-4o-2024-08-06");

        assertThat(values("gen_ai.execute_tool.duration", "gen_ai.tool.name"))
                .containsExactlyInAnyOrder("tool-0", "tool-1", "other");
        assertThat(values("gen_ai.client.inference.duration", "gen_ai.request.model"))
                .containsExactly("gpt-4o");
    }

    @Test
    void manyAnsweringModelsLeaveTheModelsAskedTheirNames() {
        for (int i = 0; i < 5; i++) {
            call("gpt-4o", "gpt-4o-build-" + i);
        }
        call("gpt-4.1", "gpt-4o-build-0");

        assertThat(values("gen_ai.client.inference.duration", "gen_ai.response.model"))
                .contains("gpt-4o-build-0", "gpt-4o-build-1", "other")
                .doesNotContain("gpt-4o-build-2");
        assertThat(values("gen_ai.client.inference.duration", "gen_ai.request.model"))
                .contains("gpt-4o", "gpt-4.1")
                .doesNotContain("other");
    }

    @Test
    void everyLabelOfACallHasABoundedNumberOfValues() {
        for (int i = 0; i < 20; i++) {
            Inference call = telemetry.start(InferenceRequest.of("operation-" + i, "provider-" + i, "model-" + i)
                    .server("tenant-" + i, 8000 + i)
                    .build());
            call.attemptSucceeded();
            call.rateLimitRemaining("limit-" + i, 1);
            call.complete(InferenceResponse.of("answered-" + i, TokenUsage.of(1L, 1L)));
        }

        assertThat(otel.getMetrics().stream()
                        .flatMap(data -> data.getData().getPoints().stream())
                        .flatMap(point -> point.getAttributes().asMap().entrySet().stream())
                        .collect(Collectors.groupingBy(
                                label -> label.getKey().getKey(),
                                Collectors.mapping(label -> label.getValue().toString(), Collectors.toSet()))))
                .containsKeys("gen_ai.operation.name", "gen_ai.provider.name", "server.address", "server.port", "kind")
                .allSatisfy((label, values) -> assertThat(values).as(label).hasSizeLessThanOrEqualTo(3));
    }

    @Test
    void toolThatNobodyWaitsForIsNotCountedAsDone() {
        telemetry.startTool(ToolRequest.function("weather")).cancel();

        assertThat(values("gen_ai.execute_tool.duration", "error.type")).containsExactly("cancelled");
    }

    private void call(String asked, String answered) {
        telemetry
                .start(InferenceRequest.chat("openai", asked).build())
                .complete(InferenceResponse.of(answered, TokenUsage.of(1L, 1L)));
    }

    private static List<String> values(String metric, String label) {
        return otel.getMetrics().stream()
                .filter(data -> data.getName().equals(metric))
                .flatMap(data -> data.getHistogramData().getPoints().stream())
                .map(point -> String.valueOf(point.getAttributes().get(AttributeKey.stringKey(label))))
                .toList();
    }
}
