package io.bookstore.llm.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.Recorded;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Models of a factory that knows nothing of telemetry, over real HTTP: measured with no line of code. */
class MeasuredModelsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final Recorded recorded = new Recorded(otel);

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final TestApplication application =
            TestApplication.with(otel).with("models").property("provider", server.baseUrl() + "/v1");

    @BeforeEach
    void forgetEarlierRequests() {
        server.journal().clear();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void callCountsOnceWithTheTokensAndTheCostOfTheServer() {
        try (ApplicationContext context = application.start()) {
            assertThat(context.getBean(ChatModel.class).chat("Summarise the book Dune by Frank Herbert"))
                    .isNotBlank();
        }

        Map<String, Object> span = Recorded.attributes(recorded.onlySpan());
        assertThat(span)
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.usage.input_tokens", (long) tokens().input())
                .containsEntry("gen_ai.usage.output_tokens", (long) tokens().output())
                .doesNotContainKeys("gen_ai.input.messages", "gen_ai.output.messages");
        // 0.15 and 0.60 dollars for a million tokens.
        assertThat((Double) span.get("llm.cost.usd"))
                .isCloseTo((0.15 * tokens().input() + 0.6 * tokens().output()) / 1e6, within(1e-12));
        assertThat(recorded.histogram("gen_ai.client.operation.duration"))
                .singleElement()
                .satisfies(point -> assertThat(point.getCount()).isEqualTo(1));
        assertThat(recorded.histogram("gen_ai.client.token.usage"))
                .extracting(HistogramPointData::getSum)
                .containsExactlyInAnyOrder((double) tokens().input(), (double) tokens().output());
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @Test
    void streamCountsOnceUntilItsLastChunk() throws Exception {
        Answer answer = new Answer();
        try (ApplicationContext context = application.start()) {
            context.getBean(StreamingChatModel.class).chat("Summarise the book Dune by Frank Herbert", answer);

            assertThat(answer.response.get(2, TimeUnit.MINUTES).aiMessage().text())
                    .isNotBlank();
        }

        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.request.stream", true)
                .containsEntry("gen_ai.usage.input_tokens", (long) tokens().input())
                .containsEntry("gen_ai.usage.output_tokens", (long) tokens().output())
                .containsKey("gen_ai.response.time_to_first_chunk");
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @Test
    void embeddingCountsOnceWithItsInputTokens() {
        try (ApplicationContext context = application.start()) {
            context.getBean(EmbeddingModel.class).embed("Dune by Frank Herbert");
        }

        assertThat(recorded.onlySpan().getName()).isEqualTo("embeddings text-embedding-3-small");
        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.usage.input_tokens", (long) tokens().input());
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @Test
    void refusalOfTheProviderIsAnErrorAndReachesTheCaller() {
        try (ApplicationContext context = application.property("fault", "401").start()) {
            ChatModel model = context.getBean(ChatModel.class);

            assertThatThrownBy(() -> model.chat("hello")).isInstanceOf(AuthenticationException.class);
        }

        assertThat(recorded.onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(Recorded.attributes(recorded.onlySpan())).containsEntry("error.type", "authentication");
    }

    @Test
    void modelThatIsDeclaredByItsClassCanStillBeInjectedByIt() {
        try (ApplicationContext context = application.start()) {
            assertThat(context.getBean(OpenAiStreamingChatModel.class))
                    .isSameAs(context.getBean(StreamingChatModel.class));
            assertThat(context.getBean(OpenAiStreamingChatModel.class)
                            .defaultRequestParameters()
                            .modelName())
                    .isEqualTo("gpt-4o-mini");
        }
    }

    @Test
    void offSwitchLeavesTheBareModelsAndTelemetryThatMeasuresNothing() {
        try (ApplicationContext context =
                application.property("llm.instrumentation.enabled", "false").start()) {
            assertThat(context.getBean(ChatModel.class).chat("hello")).isNotBlank();
            assertThat(context.getBean(ChatModel.class).getClass()).isEqualTo(OpenAiChatModel.class);
            assertThat(context.getBean(GenAiTelemetry.class).enabled()).isFalse();
        }

        assertThat(otel.getSpans()).isEmpty();
    }

    private static Attempt.Tokens tokens() {
        assertThat(server.journal().attempts()).hasSize(1);
        Attempt.Tokens tokens = server.journal().attempts().get(0).result().tokens();
        assertThat(tokens).isNotNull();
        return tokens;
    }

    /** A model by its interface, two by their classes. */
    @Factory
    @Requires(property = TestApplication.BEANS, value = "models")
    static class Models {

        @Value("${provider}")
        String provider;

        @Singleton
        ChatModel chatModel(@Value("${fault:}") String fault) {
            return OpenAiChatModel.builder()
                    .baseUrl(provider)
                    .apiKey("none")
                    .modelName("gpt-4o-mini")
                    .customHeaders(fault.isEmpty() ? Map.of() : Map.of("x-simulator-fault", fault))
                    .maxRetries(0)
                    .build();
        }

        @Singleton
        OpenAiStreamingChatModel streamingChatModel() {
            return OpenAiStreamingChatModel.builder()
                    .baseUrl(provider)
                    .apiKey("none")
                    .modelName("gpt-4o-mini")
                    .build();
        }

        @Singleton
        OpenAiEmbeddingModel embeddingModel() {
            return OpenAiEmbeddingModel.builder()
                    .baseUrl(provider)
                    .apiKey("none")
                    .modelName("text-embedding-3-small")
                    .maxRetries(0)
                    .build();
        }
    }

    private static final class Answer implements StreamingChatResponseHandler {

        private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();

        @Override
        public void onCompleteResponse(ChatResponse whole) {
            response.complete(whole);
        }

        @Override
        public void onError(Throwable error) {
            response.completeExceptionally(error);
        }
    }
}
