package shop;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.cost.TokenUsage;
import io.opentelemetry.api.OpenTelemetry;

/** Somebody else's program, with the jar and nothing else of the kit. */
public final class Shop {

    public static void main(String[] args) throws Exception {
        GenAiTelemetry telemetry = GenAiTelemetry.create(OpenTelemetry.noop());
        String answer = telemetry.call(
                InferenceRequest.chat("openai", "gpt-4o-mini").build(),
                () -> "A fine book.",
                text -> InferenceResponse.of("gpt-4o-mini-2024-07-18", TokenUsage.of(31L, 5L)));
        System.out.println("instrumented: " + answer);
    }
}
