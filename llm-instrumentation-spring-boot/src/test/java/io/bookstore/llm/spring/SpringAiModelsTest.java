package io.bookstore.llm.spring;

import static io.bookstore.llm.spring.SpringAiHost.DUNE;
import static io.bookstore.llm.spring.SpringAiHost.LIMIT;
import static io.bookstore.llm.spring.SpringAiHost.host;
import static io.bookstore.llm.spring.SpringAiHost.options;
import static io.bookstore.llm.spring.SpringAiHost.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.spring.SpringAiHost.Observed;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.Recorded;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Spring AI's own models for OpenAI, over real HTTP, as beans of an application that knows nothing of telemetry. */
class SpringAiModelsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final Recorded recorded = new Recorded(otel);

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final ApplicationContextRunner application = host(otel, server);

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
        application.run(context -> {
            ChatResponse response = context.getBean(ChatModel.class).call(DUNE);

            assertThat(response.getResult().getOutput().getText()).isNotBlank();
        });

        Attempt.Tokens tokens = tokens(server);
        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.request.temperature", 0.5)
                .containsEntry("gen_ai.request.seed", 7L)
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .containsEntry("gen_ai.usage.input_tokens", (long) tokens.input())
                .containsEntry("gen_ai.usage.output_tokens", (long) tokens.output())
                .containsEntry("llm.cost.usd", (tokens.input() * 0.15 + tokens.output() * 0.60) / 1_000_000)
                .containsKeys("gen_ai.response.id", "gen_ai.response.model")
                .doesNotContainKeys("gen_ai.request.stream", "gen_ai.input.messages", "gen_ai.output.messages");
        assertThat(recorded.histogram("gen_ai.client.token.usage"))
                .extracting(HistogramPointData::getSum)
                .containsExactlyInAnyOrder((double) tokens.input(), (double) tokens.output());
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @ParameterizedTest
    @CsvSource({"401, authentication", "503, overloaded"})
    void refusalOfTheProviderIsAnErrorByItsStatus(String status, String errorType) {
        Prompt refused = new Prompt(
                "hello",
                options().httpHeaders(Map.of("x-simulator-fault", status)).build());

        application.run(context -> {
            ChatModel model = context.getBean(ChatModel.class);
            assertThatThrownBy(() -> model.call(refused)).hasMessageContaining(status);
            assertThatThrownBy(() -> model.stream(refused).blockLast(LIMIT)).hasMessageContaining(status);
        });

        assertThat(otel.getSpans()).hasSize(2).allSatisfy(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(Recorded.attributes(span)).containsEntry("error.type", errorType);
        });
    }

    @Test
    void embeddingCountsOnceWithItsInputTokens() {
        application.run(
                context -> assertThat(context.getBean(EmbeddingModel.class).embed("Dune by Frank Herbert"))
                        .isNotEmpty());

        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.operation.name", "embeddings")
                .containsEntry("gen_ai.response.model", "text-embedding-3-small")
                .containsEntry(
                        "gen_ai.usage.input_tokens", (long) tokens(server).input())
                .doesNotContainKey("gen_ai.usage.output_tokens");
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @Test
    void embeddedDocumentCountsOnceThoughTheModelTellsNoTokensOfIt() {
        application.run(context -> context.getBean(EmbeddingModel.class).embed(new Document("Dune")));

        assertThat(server.journal().attempts()).hasSize(1);
        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.operation.name", "embeddings")
                .doesNotContainKey("gen_ai.usage.input_tokens");
    }

    /** Spring AI 1.1 runs the tools within the call; the next one leaves them to its ChatClient. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void toolLoopIsOneCallWithTheTokensOfAllItsRequests(boolean streaming) {
        Prompt withTool = new Prompt(
                "How is the weather in Paris?",
                options().toolCallbacks(ToolCallbacks.from(new Weather())).build());

        application.run(context -> {
            ChatModel model = context.getBean(ChatModel.class);
            if (streaming) {
                model.stream(withTool).blockLast(LIMIT);
            } else {
                model.call(withTool);
            }
        });

        List<Attempt> requests = server.journal().attempts();
        assertThat(requests).hasSize(2);
        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.usage.input_tokens", sum(requests, true))
                .containsEntry("gen_ai.usage.output_tokens", sum(requests, false));
    }

    @Test
    void ownObservationsOfSpringAiAreOffUnlessTheyAreAskedFor() {
        application.run(context -> {
            context.getBean(ChatModel.class).call(DUNE);
            context.getBean(ChatModel.class).stream(DUNE).blockLast(LIMIT);
            context.getBean(EmbeddingModel.class).embed("Dune");

            assertThat(context.getBean(Observed.class).names).isEmpty();
        });
        application
                .withPropertyValues("llm.instrumentation.spring-ai-observations=true")
                .run(context -> {
                    context.getBean(ChatModel.class).call(DUNE);

                    assertThat(context.getBean(Observed.class).names).containsExactly("gen_ai.client.operation");
                });
        application.withPropertyValues("llm.instrumentation.enabled=false").run(context -> {
            assertThat(context.getBean(ChatModel.class).getClass()).isEqualTo(OpenAiChatModel.class);
            context.getBean(ChatModel.class).call(DUNE);

            assertThat(context.getBean(Observed.class).names).containsExactly("gen_ai.client.operation");
        });

        assertThat(otel.getSpans()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void contentIsOnTheSpanWhereItIsSwitchedOn(boolean streaming) {
        application
                .withPropertyValues("llm.instrumentation.capture-content=true")
                .run(context -> {
                    ChatModel model = context.getBean(ChatModel.class);
                    String answer = streaming
                            ? String.join(
                                    "",
                                    model.stream("Summarise Dune").collectList().block(LIMIT))
                            : model.call("Summarise Dune");

                    assertThat(Recorded.attributes(recorded.onlySpan()))
                            .hasEntrySatisfying(
                                    "gen_ai.input.messages",
                                    asked -> assertThat(asked.toString()).contains("Summarise Dune"))
                            .hasEntrySatisfying(
                                    "gen_ai.output.messages",
                                    said -> assertThat(said.toString())
                                            .contains("\"finish_reason\":\"stop\"")
                                            .contains(answer.substring(0, 20)));
                });
    }

    private static long sum(List<Attempt> attempts, boolean input) {
        return attempts.stream()
                .map(SpringAiHost::tokens)
                .mapToLong(tokens -> input ? tokens.input() : tokens.output())
                .sum();
    }

    static final class Weather {

        @Tool(description = "Tells the weather of a city")
        String weather(String city) {
            return "It is sunny in " + city;
        }
    }
}
