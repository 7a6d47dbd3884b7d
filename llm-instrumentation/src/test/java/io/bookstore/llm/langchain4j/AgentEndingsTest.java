package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.simulator.rule.Match.any;
import static io.bookstore.simulator.rule.Match.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.http.PatientLimits;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Response;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every way in which an agent may end ends its span once, and the host gets what it would have got. */
class AgentEndingsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private static final Answers ONE_CALL = Answers.NONE
            .when(turn(1))
            .reply(Response.call("count", Map.of()))
            .when(turn(2))
            .reply(Response.text("Three."));

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @AfterEach
    void spansConform() {
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void toolThatThrowsFailsAndTheModelIsToldOfIt() {
        server.answer(ONE_CALL);

        String answer = whole().tools(new Shelf(true)).build().ask("How many?");

        assertThat(answer).isEqualTo("Three.");
        SpanData tool = span("execute_tool count");
        assertThat(tool.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(tool.getEvents()).extracting(event -> event.getName()).containsExactly("exception");
        assertThat(attributes(tool)).containsEntry("error.type", "_OTHER");
        assertThat(attributes(span("invoke_agent Counter"))).containsEntry("llm.outcome", "completed");
    }

    @Test
    void callThatFailsFailsTheAgentByTheSameType() {
        server.answer(Answers.NONE.when(any()).reply(Response.fault("500")));

        assertThatThrownBy(() -> whole().build().ask("How many?")).isInstanceOf(InternalServerException.class);

        agentHasFailedAs("server_error");
    }

    @Test
    void retrievalThatFailsFailsTheAgent() {
        AiServices<Counter> builder = whole().contentRetriever(query -> {
            throw new IllegalStateException("no index");
        });

        assertThatThrownBy(() -> builder.build().ask("How many?")).hasMessage("no index");

        assertThat(SpanTree.of(otel.getSpans())).isEqualTo("invoke_agent Counter\n  retrieval\n");
        assertThat(attributes(span("retrieval"))).containsEntry("error.type", "_OTHER");
        agentHasFailedAs("_OTHER");
    }

    @Test
    void streamThatFailsFailsTheAgentAndTheHostIsToldOutsideOfIt() throws Exception {
        server.answer(Answers.NONE.when(any()).reply(Response.fault("500")));
        CompletableFuture<Span> told = new CompletableFuture<>();
        Span host =
                otel.getOpenTelemetry().getTracer("host").spanBuilder("host").startSpan();

        try (Scope ignored = host.makeCurrent()) {
            streamed()
                    .build()
                    .ask("How many?")
                    .onError(error -> told.complete(Span.current()))
                    .start();
        }

        assertThat(told.get(2, TimeUnit.MINUTES)).isSameAs(host);
        host.end();
        agentHasFailedAs("server_error");
    }

    @Test
    void streamWhoseErrorsAreIgnoredEndsAllTheSame() {
        server.answer(Answers.NONE.when(any()).reply(Response.fault("500")));

        streamed().build().ask("How many?").ignoreErrors().start();

        awaitAgent();
        agentHasFailedAs("server_error");
    }

    @Test
    void streamThatItsHostCancelsEndsAsCancelled() {
        server.answer(Answers.NONE.when(any()).reply(Response.text("Three of them.")));

        streamed()
                .build()
                .ask("How many?")
                .onPartialResponseWithContext(
                        (partial, context) -> context.streamingHandle().cancel())
                .ignoreErrors()
                .start();

        awaitAgent();
        assertThat(attributes(span("invoke_agent Counter")))
                .containsEntry("llm.outcome", "cancelled")
                .doesNotContainKey("error.type");
    }

    @Test
    void streamWhoseToolThrowsForGoodFailsTheAgent() throws Exception {
        server.answer(ONE_CALL);
        CompletableFuture<Throwable> told = new CompletableFuture<>();

        streamed()
                .tools(new Shelf(true))
                .toolExecutionErrorHandler((error, context) -> {
                    throw new IllegalStateException("given up");
                })
                .build()
                .ask("How many?")
                .onError(told::complete)
                .start();

        assertThat(told.get(2, TimeUnit.MINUTES)).hasMessage("given up");
        agentHasFailedAs("_OTHER");
    }

    @Test
    void streamThatAnAdapterMadeAnotherClassIsOneTreeToo() throws Exception {
        server.answer(ONE_CALL);

        String answer = InstrumentedAiServices.builder(FutureCounter.class, telemetry, "Counter")
                .streamingChatModel(RealClient.OPENAI.streaming(server.baseUrl()))
                .tools(new Shelf(false))
                .build()
                .ask("How many?")
                .get(2, TimeUnit.MINUTES);

        assertThat(answer).isEqualTo("Three.");
        assertThat(SpanTree.of(otel.getSpans())).isEqualTo("""
                invoke_agent Counter
                  chat gpt-4o-mini
                  execute_tool count
                  chat gpt-4o-mini
                """);
        assertThat(attributes(span("invoke_agent Counter"))).containsEntry("llm.outcome", "completed");
    }

    @Test
    void streamThatIsNeverStartedEndsAsCancelledOnceNobodyHoldsIt() {
        streamed().build().ask("How many?");

        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            System.gc();
            return !otel.getSpans().isEmpty();
        });
        assertThat(attributes(span("invoke_agent Counter"))).containsEntry("llm.outcome", "cancelled");
    }

    @Test
    void callOfTheHostAfterTheLastAnswerIsNotTheAgents() throws Exception {
        server.answer(Answers.NONE.when(any()).reply(Response.text("Three.")));
        CompletableFuture<String> next = new CompletableFuture<>();

        streamed()
                .build()
                .ask("How many?")
                .onCompleteResponse((ChatResponse whole) -> next.complete(
                        InstrumentedChatModel.wrap(model(), telemetry).chat("And now?")))
                .onError(next::completeExceptionally)
                .start();

        assertThat(next.get(2, TimeUnit.MINUTES)).isEqualTo("Three.");
        assertThat(SpanTree.of(otel.getSpans())).isEqualTo("""
                invoke_agent Counter
                  chat gpt-4o-mini
                chat gpt-4o-mini
                """);
    }

    private void agentHasFailedAs(String errorType) {
        SpanData agent = span("invoke_agent Counter");
        assertThat(agent.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attributes(agent)).containsEntry("error.type", errorType).containsEntry("llm.outcome", "failed");
    }

    private static void awaitAgent() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        otel.getSpans().stream().anyMatch(span -> span.getName().startsWith("invoke_agent")));
    }

    private static SpanData span(String name) {
        return otel.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private AiServices<Counter> whole() {
        return InstrumentedAiServices.builder(Counter.class, telemetry).chatModel(model());
    }

    private static OpenAiChatModel model() {
        return OpenAiChatModel.builder()
                .httpClientBuilder(PatientLimits.http())
                .baseUrl(server.baseUrl() + "/v1")
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
    }

    private AiServices<StreamingCounter> streamed() {
        return InstrumentedAiServices.builder(StreamingCounter.class, telemetry, "Counter")
                .streamingChatModel(RealClient.OPENAI.streaming(server.baseUrl()));
    }

    interface Counter {

        String ask(String question);
    }

    interface StreamingCounter {

        TokenStream ask(String question);
    }

    interface FutureCounter {

        CompletableFuture<String> ask(String question);
    }

    record Shelf(boolean broken) {

        @Tool
        int count() {
            if (broken) {
                throw new IllegalStateException("The shelf is gone");
            }
            return 3;
        }
    }
}
