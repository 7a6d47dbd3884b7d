package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.simulator.rule.Match.any;
import static io.bookstore.simulator.rule.Match.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.Profile;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Response;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of an AI service, each measured as what it is. */
class InstrumentedAiServicesTest {

    private static final ToolSpecification LOOK = ToolSpecification.builder()
            .name("look")
            .description("Looks at a shelf")
            .build();
    private static final ToolSpecification COUNT =
            ToolSpecification.builder().name("count").build();

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());
    private GenAiConformance conformance = GenAiConformance.of(GenAiConventions.V1_41);

    @BeforeEach
    void modelCallsTwoToolsAndThenAnswers() {
        server.answer(Answers.NONE
                .when(turn(1))
                .reply(Response.call("look", Map.of("shelf", "A")).andCall("count", Map.of()))
                .when(any())
                .reply(Response.text("Three.")));
    }

    @AfterEach
    void spansConform() {
        conformance.assertConforms(otel.getSpans());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "streamed: {0}")
    @ValueSource(booleans = {false, true})
    void toolsAtTheSameTimeAreBelowTheAgentOnWhateverThread(boolean streamed) throws Exception {
        CyclicBarrier bothAtWork = new CyclicBarrier(2);
        ToolExecutor meeting = (request, memory) -> {
            try {
                bothAtWork.await(2, TimeUnit.MINUTES);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return "done";
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            String answer = ask(streamed, Map.of(LOOK, meeting, COUNT, meeting), threads);

            assertThat(answer).isEqualTo("Three.");
        } finally {
            threads.shutdown();
        }
        SpanData agent = span("invoke_agent Librarian");
        assertThat(List.of(span("execute_tool look"), span("execute_tool count")))
                .extracting(SpanData::getParentSpanId)
                .containsOnly(agent.getSpanId());
    }

    @Test
    void toolSaysWhatItIsAndNothingOfItsContent() {
        service(telemetry).tools(twoTools()).build().ask("How many?");

        assertThat(attributes(span("execute_tool look")))
                .containsEntry("gen_ai.tool.name", "look")
                .containsEntry("gen_ai.tool.type", "function")
                .containsEntry("gen_ai.tool.description", "Looks at a shelf")
                .containsEntry("gen_ai.agent.name", "Librarian")
                .containsKey("gen_ai.tool.call.id")
                .doesNotContainKeys("gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "error.type");
    }

    @Test
    void contentOfToolsIsCapturedByAPolicy() {
        conformance = conformance.allowingContent();
        GenAiTelemetry capturing = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .content(ContentPolicy.everything())
                .build();

        service(capturing).tools(twoTools()).build().ask("How many?");

        assertThat(attributes(span("execute_tool look")))
                .containsEntry("gen_ai.tool.call.arguments", "{\"shelf\":\"A\"}")
                .containsEntry("gen_ai.tool.call.result", "three books");
    }

    @Test
    void toolOfAProviderIsMeasuredAndAResultThatIsAnErrorFailsIt() {
        ToolExecutor broken = new ToolExecutor() {
            @Override
            public String execute(ToolExecutionRequest request, Object memory) {
                throw new UnsupportedOperationException();
            }

            @Override
            public ToolExecutionResult executeWithContext(ToolExecutionRequest request, InvocationContext context) {
                return ToolExecutionResult.builder()
                        .isError(true)
                        .resultText("no such shelf")
                        .build();
            }
        };

        service(telemetry)
                .toolProvider(request -> ToolProviderResult.builder()
                        .add(LOOK, broken)
                        .add(COUNT, (call, memory) -> "3")
                        .build())
                .build()
                .ask("How many?");

        assertThat(attributes(span("execute_tool look"))).containsEntry("error.type", "_OTHER");
        assertThat(span("execute_tool look").getEvents()).isEmpty();
        assertThat(attributes(span("execute_tool count"))).containsEntry("llm.outcome", "completed");
    }

    @Test
    void modelThatIsWrappedAlreadyKeepsItsEndpointAndIsMeasuredOnce() {
        InstrumentedAiServices.builder(Librarian.class, telemetry)
                .chatModel(InstrumentedChatModel.wrap(
                        RealClient.OPENAI.whole(server.baseUrl()), telemetry, server.baseUrl()))
                .tools(twoTools())
                .build()
                .ask("How many?");

        assertThat(otel.getSpans()).hasSize(5);
        assertThat(attributes(span("chat gpt-4o-mini")))
                .containsEntry("server.port", (long) server.baseUrl().getPort());
    }

    @Test
    void serviceIsAskedByItsDefaultMethodsAndIsItself() {
        Librarian librarian = service(telemetry).tools(twoTools()).build();

        assertThat(librarian.count()).isEqualTo("Three.");

        assertThat(librarian)
                .isEqualTo(librarian)
                .isNotEqualTo(service(telemetry).build());
        assertThat(librarian.toString()).contains("Librarian");
        assertThat(otel.getSpans())
                .filteredOn(span -> span.getName().equals("invoke_agent Librarian"))
                .hasSize(1);
    }

    @Test
    void disabledTelemetryLeavesTheServiceAsItIs() {
        GenAiTelemetry disabled =
                GenAiTelemetry.builder(otel.getOpenTelemetry()).enabled(false).build();

        assertThat(service(disabled).tools(twoTools()).build().ask("How many?")).isEqualTo("Three.");

        assertThat(otel.getSpans()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"OPEN_INFERENCE", "LANGFUSE"})
    void profileNamesTheKindOfEachSpan(Profile profile) {
        GenAiTelemetry profiled = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .profiles(profile)
                .build();

        service(profiled)
                .tools(twoTools())
                .contentRetriever(query -> List.of())
                .build()
                .ask("How many?");

        boolean langfuse = profile == Profile.LANGFUSE;
        String key = langfuse ? "langfuse.observation.type" : "openinference.span.kind";
        assertThat(attributes(span("invoke_agent Librarian"))).containsEntry(key, langfuse ? "agent" : "AGENT");
        assertThat(attributes(span("retrieval"))).containsEntry(key, langfuse ? "retriever" : "RETRIEVER");
        assertThat(attributes(span("execute_tool look"))).containsEntry(key, langfuse ? "tool" : "TOOL");
        // Both add up the tokens of all spans.
        assertThat(attributes(span("invoke_agent Librarian"))).doesNotContainKey("gen_ai.usage.input_tokens");
    }

    private String ask(boolean streamed, Map<ToolSpecification, ToolExecutor> tools, ExecutorService threads)
            throws Exception {
        if (!streamed) {
            return service(telemetry)
                    .tools(tools)
                    .executeToolsConcurrently(threads)
                    .build()
                    .ask("How many?");
        }
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        InstrumentedAiServices.builder(StreamingLibrarian.class, telemetry, "Librarian")
                .streamingChatModel(RealClient.OPENAI.streaming(server.baseUrl()))
                .tools(tools)
                .executeToolsConcurrently(threads)
                .build()
                .ask("How many?")
                .onCompleteResponse(answer::complete)
                .onError(answer::completeExceptionally)
                .start();
        return answer.get(2, TimeUnit.MINUTES).aiMessage().text();
    }

    private static AiServices<Librarian> service(GenAiTelemetry telemetry) {
        return InstrumentedAiServices.builder(Librarian.class, telemetry)
                .chatModel(RealClient.OPENAI.whole(server.baseUrl()));
    }

    private static Map<ToolSpecification, ToolExecutor> twoTools() {
        return Map.of(LOOK, (request, memory) -> "three books", COUNT, (request, memory) -> "3");
    }

    private static SpanData span(String name) {
        return otel.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    // Public, or the JDK keeps LangChain4j from its default method.
    public interface Librarian {

        String ask(String question);

        default String count() {
            return ask("How many?");
        }
    }

    interface StreamingLibrarian {

        TokenStream ask(String question);
    }
}
