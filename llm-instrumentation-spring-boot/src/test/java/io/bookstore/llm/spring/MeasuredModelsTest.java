package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The models of LangChain4j's own starter, over real HTTP: an application of properties only, measured with no line of code. */
class MeasuredModelsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final Recorded recorded = new Recorded(otel);

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final ApplicationContextRunner application = TestSdk.in(new ApplicationContextRunner(), otel)
            .withUserConfiguration(Application.class)
            .withPropertyValues(starter("chat-model", "gpt-4o-mini"))
            .withPropertyValues(starter("streaming-chat-model", "gpt-4o-mini"))
            .withPropertyValues(starter("embedding-model", "text-embedding-3-small"));

    @BeforeEach
    void forgetEarlierRequests() {
        server.journal().clear();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void callCountsOnceWithTheTokensOfTheServer() {
        application.run(context -> {
            String answer = context.getBean(ChatModel.class).chat("Summarise the book Dune by Frank Herbert");

            assertThat(answer).isNotBlank();
        });

        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.usage.input_tokens", (long) tokens().input())
                .containsEntry("gen_ai.usage.output_tokens", (long) tokens().output())
                .containsKey("llm.cost.usd")
                .doesNotContainKeys("gen_ai.input.messages", "gen_ai.output.messages");
        assertThat(recorded.histogram("gen_ai.client.operation.duration"))
                .singleElement()
                .satisfies(point -> assertThat(point.getCount()).isEqualTo(1));
        assertThat(recorded.histogram("gen_ai.client.token.usage"))
                .extracting(HistogramPointData::getSum)
                .containsExactlyInAnyOrder((double) tokens().input(), (double) tokens().output());
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @Test
    void streamCountsOnceUntilItsLastChunk() {
        application.run(context -> {
            Answer answer = new Answer();

            context.getBean(StreamingChatModel.class).chat("Summarise the book Dune by Frank Herbert", answer);

            assertThat(answer.response.get(2, TimeUnit.MINUTES).aiMessage().text())
                    .isNotBlank();
        });

        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.request.stream", true)
                .containsEntry("gen_ai.usage.input_tokens", (long) tokens().input())
                .containsEntry("gen_ai.usage.output_tokens", (long) tokens().output())
                .containsKey("gen_ai.response.time_to_first_chunk");
    }

    @Test
    void embeddingCountsOnceWithItsInputTokens() {
        application.run(context -> context.getBean(EmbeddingModel.class)
                .embed("Dune by Frank Herbert")
                .content());

        assertThat(recorded.onlySpan().getName()).isEqualTo("embeddings text-embedding-3-small");
        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.usage.input_tokens", (long) tokens().input());
    }

    @Test
    void refusalOfTheProviderIsAnErrorAndReachesTheCaller() {
        application
                .withPropertyValues("langchain4j.open-ai.chat-model.custom-headers.x-simulator-fault=401")
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(ChatModel.class).chat("hello"))
                        .isInstanceOf(AuthenticationException.class));

        assertThat(recorded.onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(Recorded.attributes(recorded.onlySpan())).containsEntry("error.type", "authentication");
    }

    @Test
    void modelsOfTheStarterCanStillBeInjectedByTheirClasses() {
        application.run(context -> assertThat(
                        Stream.of(OpenAiChatModel.class, OpenAiStreamingChatModel.class, OpenAiEmbeddingModel.class))
                .allSatisfy(type -> assertThat(context).hasSingleBean(type)));
    }

    @Test
    void offSwitchLeavesTheBareModelsAndTelemetryThatMeasuresNothing() {
        application.withPropertyValues("llm.instrumentation.enabled=false").run(context -> {
            assertThat(context.getBean(ChatModel.class).chat("hello")).isNotBlank();
            assertThat(context.getBean(ChatModel.class).getClass()).isEqualTo(OpenAiChatModel.class);
            assertThat(context.getBean(GenAiTelemetry.class).enabled()).isFalse();
        });

        assertThat(otel.getSpans()).isEmpty();
    }

    private static String[] starter(String kind, String model) {
        String prefix = "langchain4j.open-ai." + kind + ".";
        return new String[] {
            prefix + "api-key=none",
            prefix + "base-url=" + server.baseUrl() + "/v1",
            prefix + "model-name=" + model,
            prefix + "max-retries=0"
        };
    }

    private static Attempt.Tokens tokens() {
        assertThat(server.journal().attempts()).hasSize(1);
        Attempt.Tokens tokens = server.journal().attempts().get(0).result().tokens();
        assertThat(tokens).isNotNull();
        return tokens;
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

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
