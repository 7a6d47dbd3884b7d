package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.Profile;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void promptReachesLangfuseWithANumberOfItsVersionOrNotAtAll() {
        call(langfuse(), CallContext.NONE.withPrompt("summary", "3"));
        call(langfuse(), CallContext.NONE.withPrompt("summary", "v3"));
        call(langfuse(), CallContext.NONE.withPrompt("summary", null));

        assertThat(SpanReader.attributes(otel.getSpans().get(0)))
                .containsEntry("langfuse.observation.prompt.name", "summary")
                .containsEntry("langfuse.observation.prompt.version", 3L);
        assertThat(otel.getSpans().subList(1, 3))
                .allSatisfy(span -> assertThat(SpanReader.attributes(span))
                        .containsEntry("llm.prompt.name", "summary")
                        .doesNotContainKeys("langfuse.observation.prompt.name", "langfuse.observation.prompt.version"));
    }

    @Test
    void langfuseIsToldWhenTheAnswerBegan() {
        AtomicLong nanos = new AtomicLong();
        Inference call = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .profiles(Profile.LANGFUSE)
                .clock(Clock.fixed(Instant.parse("2026-01-01T00:00:02Z"), ZoneOffset.UTC))
                .nanoTime(nanos::get)
                .build()
                .start(InferenceRequest.chat("openai", "gpt-4o").streaming(true).build());
        nanos.set(500_000_000);
        call.chunk();
        nanos.set(2_000_000_000);
        call.complete(InferenceResponse.of("gpt-4o", TokenUsage.of(10L, 1L)));

        assertThat(attributes())
                .containsEntry("langfuse.observation.completion_start_time", "2026-01-01T00:00:00.500Z");
    }

    @Test
    void langfuseIsToldTheKindOfErrorAndNoMessage() {
        langfuse().start(InferenceRequest.chat("openai", "gpt-4o").build()).fail(new IllegalStateException("secret"));

        assertThat(attributes())
                .containsEntry("langfuse.observation.status_message", "_OTHER")
                .doesNotContainKey("langfuse.observation.completion_start_time");
    }

    @ParameterizedTest
    @CsvSource({
        "aws.bedrock, aws",
        "azure.ai.openai, azure",
        "gcp.gemini, google",
        "mistral_ai, mistralai",
        "openai, openai"
    })
    void phoenixFindsThePriceByItsOwnNameOfTheProvider(String provider, String name) {
        GenAiTelemetry.builder(otel.getOpenTelemetry())
                .profiles(Profile.OPEN_INFERENCE)
                .build()
                .start(InferenceRequest.chat(provider, "m").build())
                .cancel();

        assertThat(attributes()).containsEntry("llm.provider", name);
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

    private static GenAiTelemetry langfuse() {
        return GenAiTelemetry.builder(otel.getOpenTelemetry())
                .profiles(Profile.LANGFUSE)
                .build();
    }

    private static void call(GenAiTelemetry telemetry) {
        call(telemetry, CallContext.NONE.withSession("s-1").withPrompt("summary", "3"));
    }

    private static void call(GenAiTelemetry telemetry, CallContext context) {
        telemetry
                .start(InferenceRequest.chat("anthropic", "claude-sonnet-4-5")
                        .maxTokens(500)
                        .temperature(0.7)
                        .context(context)
                        .build())
                .complete(new InferenceResponse(
                        "msg_1", "claude-sonnet-4-5", List.of("stop"), new TokenUsage(100L, 50L, 60L, 10L, 20L)));
    }

    private static Map<String, Object> attributes() {
        return SpanReader.attributes(SpanReader.onlySpan(otel));
    }
}
