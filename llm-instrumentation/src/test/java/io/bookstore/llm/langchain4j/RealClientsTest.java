package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.SpanReader;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.langchain4j.http.BoundedHttpClientBuilder;
import io.bookstore.llm.langchain4j.http.PatientLimits;
import io.bookstore.llm.langchain4j.provider.ProviderDialect;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's own clients over real HTTP: what the span says is what the server has sent. */
class RealClientsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();

    @BeforeEach
    void forgetEarlierRequests() {
        server.journal().clear();
    }

    @AfterEach
    void spansAndMetricsConform() {
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyProviderHasAClient() {
        assertThat(ProviderDialect.ALL)
                // Its client is the AWS SDK's, which has no HTTP client of ours.
                .filteredOn(dialect -> !dialect.names().containsValue("aws.bedrock"))
                .allSatisfy(dialect -> assertThat(RealClient.values())
                        .as("RealClient has a constant for each dialect")
                        .extracting(RealClient::provider)
                        .containsAnyElementsOf(dialect.names().values()));
    }

    @ParameterizedTest
    @EnumSource
    void answerIsOneSpanWithTheTokensOfTheServer(RealClient client) {
        ChatModel model = InstrumentedChatModel.wrap(client.whole(server.baseUrl()), telemetry, server.baseUrl());

        String text = model.chat("Summarise the book Dune by Frank Herbert");

        assertThat(text).isNotBlank();
        assertThat(onlySpan(otel).getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.provider.name", client.provider())
                .containsEntry("gen_ai.request.model", client.model())
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("server.port", (long) server.baseUrl().getPort())
                .containsAllEntriesOf(tokensOfTheServer())
                .containsKey("gen_ai.response.finish_reasons")
                .doesNotContainKeys("gen_ai.request.stream", "error.type");
    }

    @ParameterizedTest
    @EnumSource
    void streamIsOneSpanUntilItsLastChunk(RealClient client) throws Exception {
        Answer answer = new Answer();

        InstrumentedStreamingChatModel.wrap(client.streaming(server.baseUrl()), telemetry)
                .chat("Summarise the book Dune by Frank Herbert", answer);

        assertThat(answer.get().aiMessage().text()).isNotBlank();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.request.stream", true)
                .containsEntry("llm.attempts", 1L)
                .containsAllEntriesOf(tokensOfTheServer())
                .containsKey("gen_ai.response.time_to_first_chunk");
    }

    @Test
    void embeddingIsOneSpanWithItsInputTokens() {
        EmbeddingModel model = InstrumentedEmbeddingModel.wrap(
                OpenAiEmbeddingModel.builder()
                        .httpClientBuilder(http())
                        .baseUrl(server.baseUrl() + "/v1")
                        .apiKey("none")
                        .modelName("text-embedding-3-small")
                        .build(),
                telemetry,
                server.baseUrl());

        int length = model.embed("Dune by Frank Herbert").content().vector().length;

        assertThat(length).isPositive();
        assertThat(onlySpan(otel).getName()).isEqualTo("embeddings text-embedding-3-small");
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.operation.name", "embeddings")
                .containsEntry("gen_ai.provider.name", "openai")
                .containsKeys("gen_ai.usage.input_tokens", "llm.cost.usd")
                .doesNotContainKey("gen_ai.usage.output_tokens");
    }

    @Test
    void refusalOfTheProviderEndsTheSpanWithItsKindOfError() {
        ChatModel model = OpenAiChatModel.builder()
                .httpClientBuilder(http())
                .customHeaders(Map.of("x-simulator-fault", "429:5"))
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();

        assertThatThrownBy(() -> InstrumentedChatModel.wrap(model, telemetry).chat("hello"))
                .isInstanceOf(RateLimitException.class);

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "rate_limited");
        assertThat(onlySpan(otel).getEvents())
                .filteredOn(event -> event.getName().equals("llm.attempt"))
                .singleElement()
                .satisfies(event -> assertThat(SpanReader.asMap(event.getAttributes()))
                        .containsEntry("llm.attempt.retry_after", 5.0));
    }

    @Test
    void whatWasSaidIsOnTheSpanOnlyIfAPolicyWantsIt() {
        GenAiTelemetry capturing = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .content(ContentPolicy.redacted(text -> text.replace("Herbert", "***")))
                .build();

        String answer = InstrumentedChatModel.wrap(RealClient.ANTHROPIC.whole(server.baseUrl()), capturing)
                .chat("Summarise the book Dune by Frank Herbert");
        Map<String, Object> tags = attributes(onlySpan(otel));
        otel.clearSpans();

        assertThat(tags).containsEntry("gen_ai.input.messages", """
                        [{"role":"user","parts":[{"type":"text","content":"Summarise the book Dune by Frank ***"}]}]""");
        assertThat((String) tags.get("gen_ai.output.messages"))
                .contains(answer.replace("Herbert", "***").substring(0, 20), "\"finish_reason\":\"stop\"");
    }

    @Test
    void disabledTelemetryLeavesTheCallAlone() {
        GenAiTelemetry off =
                GenAiTelemetry.builder(otel.getOpenTelemetry()).enabled(false).build();

        assertThat(InstrumentedChatModel.wrap(RealClient.ANTHROPIC.whole(server.baseUrl()), off)
                        .chat("Summarise Dune"))
                .isNotBlank();

        assertThat(otel.getSpans()).isEmpty();
    }

    @Test
    void cachedTokensOfAnthropicAreAddedToTheInput() throws Exception {
        try (CannedServer canned = CannedServer.answering(200, """
                {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
                 "content":[{"type":"text","text":"hello"}],"stop_reason":"end_turn",
                 "usage":{"input_tokens":5,"output_tokens":20,
                          "cache_read_input_tokens":1000,"cache_creation_input_tokens":200}}""")) {
            ChatModel model = AnthropicChatModel.builder()
                    .httpClientBuilder(PatientLimits.http())
                    .baseUrl(canned.url())
                    .apiKey("none")
                    .modelName("claude-sonnet-4-5")
                    .build();

            InstrumentedChatModel.wrap(model, telemetry).chat("hello");
        }

        // 5 x 3 + 1000 x 0.30 + 200 x 3.75 + 20 x 15 dollars per million
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.usage.input_tokens", 1205L)
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 1000L)
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", 200L)
                .containsEntry("llm.cost.usd", 0.001365);
    }

    @Test
    void retriesOfTheClientAreEventsOfTheOneSpan() throws Exception {
        try (CannedServer canned = CannedServer.answering(
                529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"busy\"}}")) {
            ChatModel model = AnthropicChatModel.builder()
                    .httpClientBuilder(PatientLimits.http().reportAttempts(true))
                    .baseUrl(canned.url())
                    .apiKey("none")
                    .modelName("claude-sonnet-4-5")
                    .maxRetries(1)
                    .build();

            assertThatThrownBy(
                            () -> InstrumentedChatModel.wrap(model, telemetry).chat("hello"))
                    .isInstanceOf(RuntimeException.class);
        }

        assertThat(onlySpan(otel).getEvents())
                .filteredOn(event -> event.getName().equals("llm.attempt"))
                .hasSize(2);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.attempts", 2L)
                .containsEntry("error.type", "overloaded");
    }

    private static Map<String, Object> tokensOfTheServer() {
        assertThat(server.journal().attempts()).hasSize(1);
        Attempt.Tokens tokens = server.journal().attempts().get(0).result().tokens();
        assertThat(tokens).isNotNull();
        return Map.of(
                "gen_ai.usage.input_tokens", (long) tokens.input(),
                "gen_ai.usage.output_tokens", (long) tokens.output());
    }

    private static BoundedHttpClientBuilder http() {
        return PatientLimits.http().reportAttempts(true);
    }

    private static final class Answer implements StreamingChatResponseHandler {

        private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();

        ChatResponse get() throws Exception {
            return response.get(2, TimeUnit.MINUTES);
        }

        @Override
        public void onCompleteResponse(ChatResponse whole) {
            response.complete(whole);
        }

        @Override
        public void onError(Throwable error) {
            response.completeExceptionally(error);
        }
    }

    private record CannedServer(HttpServer http) implements AutoCloseable {

        static CannedServer answering(int status, String json) throws Exception {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            http.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            http.start();
            return new CannedServer(http);
        }

        String url() {
            return "http://127.0.0.1:" + http.getAddress().getPort() + "/v1/";
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }
}
