package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.simulator.rule.Match.model;
import static io.bookstore.simulator.rule.Match.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.http.PatientLimits;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Response;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent of five turns with two tools, one retrieval and one sub-agent: its tree, tokens and cost, written by hand. */
class AgentTreeTest {

    private static final String TREE = """
            invoke_agent Librarian
              retrieval
                embeddings text-embedding-3-small
              chat gpt-4o-mini
              execute_tool stock
              chat gpt-4o-mini
              execute_tool price
              chat gpt-4o-mini
              execute_tool reviews
                invoke_agent Critic
                  chat gpt-4o
              chat gpt-4o-mini
              execute_tool stock
              execute_tool price
              chat gpt-4o-mini
            """;
    private static final int CALLS = 7;
    private static final long CHAT_INPUT = 100 + 200 + 300 + 400 + 500 + 1000;
    private static final long CHAT_OUTPUT = 10 + 20 + 30 + 40 + 50 + 70;

    // Dollars per million tokens: gpt-4o-mini 0.15 and 0.60, gpt-4o 2.50 and 10.
    private static final double CHAT_COST = (1500 * 0.15 + 150 * 0.60 + 1000 * 2.50 + 70 * 10) / 1e6;
    private static final double EMBEDDINGS_PRICE = 0.02 / 1e6;

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server = SimulatorServer.start(
            SimulatorConfig.defaults().withPort(0).withProfile("zero").withAnswers(answers()));

    private static Answers answers() {
        return Answers.NONE
                .when(model("gpt-4o"))
                .reply(Response.text("Worth it.").withUsage(1000, 70))
                .when(turn(1))
                .reply(Response.call("stock", Map.of()).withUsage(100, 10))
                .when(turn(2))
                .reply(Response.call("price", Map.of()).withUsage(200, 20))
                .when(turn(3))
                .reply(Response.call("reviews", Map.of()).withUsage(300, 30))
                .when(turn(4))
                .reply(Response.call("stock", Map.of())
                        .andCall("price", Map.of())
                        .withUsage(400, 40))
                .when(turn(5))
                .reply(Response.text("Buy it.").withUsage(500, 50));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "{0}, streamed: {1}")
    @CsvSource({"V1_41, false", "V1_41, true", "V0_1, false", "V0_1, true"})
    void invocationIsOneTreeWithTheTokensAndTheCostOfTheBill(GenAiConventions generation, boolean streamed)
            throws Exception {
        server.journal().clear();
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
                .conventions(generation)
                .build();

        String answer = streamed ? streamed(telemetry) : whole(telemetry);

        assertThat(answer).isEqualTo("Buy it.");
        List<SpanData> spans = otel.getSpans();
        assertThat(SpanTree.of(spans)).isEqualTo(TREE);
        GenAiConformance.of(generation).assertConforms(spans, otel.getMetrics());
        tokensAndCostAreThoseOfTheBill(spans);
        conversationIsOnTheAgentAndOnEachOfItsChats(spans);
    }

    private static void tokensAndCostAreThoseOfTheBill(List<SpanData> spans) {
        long embedded = billed("embeddings", Attempt.Tokens::input);
        List<SpanData> calls = named(spans, "chat ", "embeddings ");

        assertThat(sum(calls, "gen_ai.usage.input_tokens")).isEqualTo(CHAT_INPUT + embedded);
        assertThat(sum(calls, "gen_ai.usage.output_tokens")).isEqualTo(CHAT_OUTPUT);
        assertThat(billed("chat", Attempt.Tokens::input)).isEqualTo(CHAT_INPUT);
        assertThat(billed("chat", Attempt.Tokens::output)).isEqualTo(CHAT_OUTPUT);
        assertThat(measuredTokens()).isEqualTo(CHAT_INPUT + CHAT_OUTPUT + embedded);
        assertThat(attributes(named(spans, "invoke_agent Librarian").get(0)))
                .containsEntry("gen_ai.usage.input_tokens", CHAT_INPUT + embedded)
                .containsEntry("gen_ai.usage.output_tokens", CHAT_OUTPUT)
                .doesNotContainKeys("llm.cost.usd", "llm.usage.complete");
        assertThat(attributes(named(spans, "invoke_agent Critic").get(0)))
                .containsEntry("gen_ai.usage.input_tokens", 1000L)
                .containsEntry("gen_ai.usage.output_tokens", 70L);
        double cost = spans.stream()
                .mapToDouble(span -> (Double) attributes(span).getOrDefault("llm.cost.usd", 0.0))
                .sum();
        assertThat(cost).isCloseTo(CHAT_COST + embedded * EMBEDDINGS_PRICE, within(1e-12));
    }

    private static void conversationIsOnTheAgentAndOnEachOfItsChats(List<SpanData> spans) {
        assertThat(named(spans, "invoke_agent ", "chat "))
                .hasSize(8)
                .allSatisfy(span -> assertThat(attributes(span)).containsEntry("gen_ai.conversation.id", "c-17"));
        assertThat(named(spans, "execute_tool "))
                .allSatisfy(span -> assertThat(attributes(span)).containsEntry("gen_ai.agent.name", "Librarian"));
    }

    private static String whole(GenAiTelemetry telemetry) {
        return service(Librarian.class, telemetry)
                .chatModel(RealClient.OPENAI.whole(server.baseUrl()))
                .build()
                .answer("c-17", "Shall I buy Dune?");
    }

    private static String streamed(GenAiTelemetry telemetry) throws Exception {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        service(StreamingLibrarian.class, telemetry)
                .streamingChatModel(RealClient.OPENAI.streaming(server.baseUrl()))
                .build()
                .answer("c-17", "Shall I buy Dune?")
                .onCompleteResponse(answer::complete)
                .onError(answer::completeExceptionally)
                .start();
        return answer.get(2, TimeUnit.MINUTES).aiMessage().text();
    }

    private static <T> AiServices<T> service(Class<T> type, GenAiTelemetry telemetry) {
        Critic critic = InstrumentedAiServices.builder(Critic.class, telemetry)
                .chatModel(OpenAiChatModel.builder()
                        .httpClientBuilder(PatientLimits.http())
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("gpt-4o")
                        .build())
                .build();
        return InstrumentedAiServices.builder(type, telemetry, "Librarian")
                .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(100))
                .contentRetriever(shelves(telemetry))
                .tools(new Shop(critic));
    }

    private static ContentRetriever shelves(GenAiTelemetry telemetry) {
        EmbeddingModel embeddings = InstrumentedEmbeddingModel.wrap(
                OpenAiEmbeddingModel.builder()
                        .httpClientBuilder(PatientLimits.http())
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("text-embedding-3-small")
                        .build(),
                telemetry);
        return query -> List.of(
                Content.from("Shelf " + embeddings.embed(query.text()).content().dimension()));
    }

    private static List<SpanData> named(List<SpanData> spans, String... prefixes) {
        return spans.stream()
                .filter(span -> List.of(prefixes).stream().anyMatch(span.getName()::startsWith))
                .toList();
    }

    private static long sum(List<SpanData> spans, String attribute) {
        return spans.stream()
                .mapToLong(span -> (Long) attributes(span).getOrDefault(attribute, 0L))
                .sum();
    }

    private static long billed(String operation, ToLongFunction<Attempt.Tokens> count) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> server.journal().attempts().size() == CALLS);
        return server.journal().attempts().stream()
                .filter(attempt -> attempt.asked().operation().text().equals(operation))
                .mapToLong(attempt -> count.applyAsLong(
                        Objects.requireNonNull(attempt.result().tokens())))
                .sum();
    }

    private static long measuredTokens() {
        MetricData tokens = otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals("llm.tokens"))
                .max(Comparator.comparing(MetricData::getName))
                .orElseThrow();
        return tokens.getLongSumData().getPoints().stream()
                .mapToLong(LongPointData::getValue)
                .sum();
    }

    interface Librarian {

        String answer(@MemoryId String conversation, @UserMessage String question);
    }

    interface StreamingLibrarian {

        TokenStream answer(@MemoryId String conversation, @UserMessage String question);
    }

    interface Critic {

        String judge(String book);
    }

    static final class Shop {

        private final Critic critic;

        Shop(Critic critic) {
            this.critic = critic;
        }

        @Tool
        String stock() {
            return "3 copies";
        }

        @Tool
        String price() {
            return "12 dollars";
        }

        @Tool
        String reviews() {
            return critic.judge("Dune");
        }
    }
}
