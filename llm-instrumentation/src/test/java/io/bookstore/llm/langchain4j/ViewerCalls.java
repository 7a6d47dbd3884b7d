package io.bookstore.llm.langchain4j;

import static io.bookstore.simulator.rule.Match.any;
import static io.bookstore.simulator.rule.Match.turn;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.http.PatientLimits;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Response;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A call of each kind, by LangChain4j's own clients over real HTTP, on behalf of a user. */
final class ViewerCalls implements AutoCloseable {

    private static final CallContext READER =
            CallContext.ofUser("u-1").withSession("s-1").withConversation("c-1").withPrompt("summary", "3");
    private static final String CACHED_AND_REASONED = """
            {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o-mini-2024-07-18",
             "choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"A desert planet."}}],
             "usage":{"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,
                      "prompt_tokens_details":{"cached_tokens":60},
                      "completion_tokens_details":{"reasoning_tokens":20}}}""";

    private final SimulatorServer simulator =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final GenAiTelemetry telemetry;

    ViewerCalls(GenAiTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    void chat() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] body = CACHED_AND_REASONED.getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (Scope ignored = READER.storeInContext(Context.current()).makeCurrent()) {
            InstrumentedChatModel.wrap(openAi(url, Map.of()), telemetry, url).chat("Summarise Dune");
        } finally {
            server.stop(0);
        }
    }

    void streamed() throws Exception {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        InstrumentedStreamingChatModel.wrap(RealClient.ANTHROPIC.streaming(simulator.baseUrl()), telemetry)
                .chat("Summarise Dune", new StreamingChatResponseHandler() {
                    @Override
                    public void onCompleteResponse(ChatResponse whole) {
                        answer.complete(whole);
                    }

                    @Override
                    public void onError(Throwable error) {
                        answer.completeExceptionally(error);
                    }
                });
        answer.get(2, TimeUnit.MINUTES);
    }

    void embeddings() {
        InstrumentedEmbeddingModel.wrap(
                        OpenAiEmbeddingModel.builder()
                                .httpClientBuilder(PatientLimits.http())
                                .baseUrl(simulator.baseUrl() + "/v1")
                                .apiKey("none")
                                .modelName("text-embedding-3-small")
                                .build(),
                        telemetry)
                .embed("Dune by Frank Herbert");
    }

    void failed() {
        assertThatThrownBy(() -> InstrumentedChatModel.wrap(
                                openAi(simulator.baseUrl(), Map.of("x-simulator-fault", "429:5")), telemetry)
                        .chat("Summarise Dune"))
                .isInstanceOf(RateLimitException.class);
    }

    void agent() {
        simulator.answer(Answers.NONE
                .when(turn(1))
                .reply(Response.call("look", Map.of("shelf", "A")))
                .when(any())
                .reply(Response.text("Three.")));
        ToolSpecification look = ToolSpecification.builder()
                .name("look")
                .description("Looks at a shelf")
                .build();
        InstrumentedAiServices.builder(Librarian.class, telemetry)
                .chatModel(RealClient.OPENAI.whole(simulator.baseUrl()))
                .tools(Map.of(look, (request, memory) -> "three books"))
                .build()
                .ask("How many?");
    }

    private static OpenAiChatModel openAi(URI server, Map<String, String> headers) {
        return OpenAiChatModel.builder()
                .httpClientBuilder(PatientLimits.http())
                .customHeaders(headers)
                .baseUrl(server + "/v1")
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .maxTokens(500)
                .maxRetries(0)
                .build();
    }

    @Override
    public void close() {
        simulator.close();
    }

    interface Librarian {

        String ask(String question);
    }
}
