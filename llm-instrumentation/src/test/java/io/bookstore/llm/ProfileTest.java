package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.semconv.GenAiConventions;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProfileTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @Test
    void kitsTagsMayBeRemoved() {
        call(GenAiTelemetry.builder(otel.getOpenTelemetry()).profiles().build());

        assertThat(attributes()).doesNotContainKeys("llm.request.type", "llm.system", "llm.model.name", "llm.latency");
    }

    @Test
    void openInferenceReadersFindTheirNames() {
        call(GenAiTelemetry.builder(otel.getOpenTelemetry())
                .profiles(Profile.OPEN_INFERENCE)
                .build());

        assertThat(attributes())
                .containsEntry("openinference.span.kind", "LLM")
                .containsEntry("llm.provider", "anthropic")
                .containsEntry("llm.model_name", "claude-sonnet-4-5")
                .containsEntry("llm.token_count.prompt", 100L)
                .containsEntry("llm.token_count.completion", 50L)
                .containsEntry("llm.token_count.total", 150L)
                .containsEntry("llm.token_count.prompt_details.cache_read", 60L)
                .containsEntry("llm.token_count.prompt_details.cache_write", 10L)
                .containsEntry("llm.token_count.completion_details.reasoning", 20L)
                .containsEntry("llm.invocation_parameters", "{\"max_tokens\":500,\"temperature\":0.7}")
                .containsEntry("session.id", "s-1")
                .containsKey("llm.cost.total");
    }

    @Test
    void langfuseGetsDisjointParts() {
        call(GenAiTelemetry.builder(otel.getOpenTelemetry())
                .profiles(Profile.LANGFUSE)
                .build());

        assertThat(attributes())
                .containsEntry("langfuse.observation.type", "generation")
                .containsEntry("langfuse.observation.model.name", "claude-sonnet-4-5")
                .containsEntry(
                        "langfuse.observation.usage_details",
                        "{\"input\":30,\"input_cached_tokens\":60,\"input_cache_creation\":10,\"output\":30,"
                                + "\"output_reasoning_tokens\":20}")
                .containsEntry("langfuse.observation.prompt.name", "summary");
    }

    @Test
    void generationsDifferInTheirNames() {
        call(GenAiTelemetry.builder(otel.getOpenTelemetry())
                .conventions(GenAiConventions.V1_36)
                .build());
        call(GenAiTelemetry.builder(otel.getOpenTelemetry())
                .conventions(GenAiConventions.V0_1)
                .build());

        assertThat(SpanReader.attributes(otel.getSpans().get(0)))
                .containsEntry("gen_ai.system", "anthropic")
                .doesNotContainKeys(
                        "gen_ai.provider.name",
                        "gen_ai.usage.cache_read.input_tokens",
                        "gen_ai.usage.reasoning.output_tokens");
        assertThat(SpanReader.attributes(otel.getSpans().get(1)))
                .containsEntry("gen_ai.provider.name", "anthropic")
                .containsEntry("gen_ai.usage.cache_write.input_tokens", 10L)
                .doesNotContainKeys("gen_ai.system", "gen_ai.usage.cache_creation.input_tokens");
    }

    @Test
    void optInVariableMeansTheNewestAndNothingOlder() {
        assertThat(GenAiConventions.chosenBy(null)).isEqualTo(Set.of(GenAiConventions.V1_41));
        assertThat(GenAiConventions.chosenBy("http/dup")).isEqualTo(Set.of(GenAiConventions.V1_41));
        assertThat(GenAiConventions.chosenBy("http, gen_ai_latest_experimental"))
                .isEqualTo(Set.of(GenAiConventions.V0_1));
    }

    private static void call(GenAiTelemetry telemetry) {
        telemetry
                .start(InferenceRequest.chat("anthropic", "claude-sonnet-4-5")
                        .maxTokens(500)
                        .temperature(0.7)
                        .context(CallContext.NONE.withSession("s-1").withPrompt("summary", "3"))
                        .build())
                .complete(new InferenceResponse(
                        "msg_1", "claude-sonnet-4-5", List.of("stop"), new TokenUsage(100L, 50L, 60L, 10L, 20L)));
    }

    private static Map<String, Object> attributes() {
        return SpanReader.attributes(SpanReader.onlySpan(otel));
    }
}
