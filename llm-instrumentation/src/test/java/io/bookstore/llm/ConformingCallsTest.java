package io.bookstore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.RetrievalRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.semconv.Profile;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of call, ended in every way, in every generation and all together, checked against the tables. */
class ConformingCallsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    static Stream<List<GenAiConventions>> generations() {
        return Stream.of(
                List.of(GenAiConventions.V1_36),
                List.of(GenAiConventions.V1_41),
                List.of(GenAiConventions.V0_1),
                List.of(GenAiConventions.V1_36, GenAiConventions.V1_41),
                List.of(GenAiConventions.V1_36, GenAiConventions.V1_41, GenAiConventions.V0_1));
    }

    @ParameterizedTest
    @MethodSource("generations")
    void inferenceConforms(List<GenAiConventions> generations) {
        GenAiTelemetry telemetry = telemetry(generations);

        telemetry.start(aFullRequest().build()).complete(aFullResponse());
        telemetry.start(aFullRequest().build()).fail(new IOException("gone"));
        telemetry.start(aFullRequest().build()).cancel();
        telemetry
                .start(InferenceRequest.of("text_completion", "lm_studio", null).build())
                .complete(InferenceResponse.of(null, TokenUsage.UNKNOWN));

        assertConforms(generations, 4);
    }

    @ParameterizedTest
    @MethodSource("generations")
    void streamingConforms(List<GenAiConventions> generations) {
        GenAiTelemetry telemetry = telemetry(generations);
        for (int end = 0; end < 3; end++) {
            Inference call = telemetry.start(aFullRequest().streaming(true).build());
            call.usage(TokenUsage.of(45L, null));
            call.chunk();
            call.attemptFailed(ErrorType.OVERLOADED, 529, null);
            call.chunk();
            switch (end) {
                case 0 -> call.complete(aFullResponse());
                case 1 -> call.fail(new OutOfMemoryError("a JVM error ends a call too"));
                default -> call.close();
            }
        }

        assertConforms(generations, 3);
    }

    @ParameterizedTest
    @MethodSource("generations")
    void embeddingsConform(List<GenAiConventions> generations) {
        GenAiTelemetry telemetry = telemetry(generations);
        InferenceRequest request = InferenceRequest.embeddings("openai", "text-embedding-3-small")
                .dimensions(256)
                .encodingFormats(List.of("float"))
                .server("api.openai.com", 443)
                .conversation("c-1")
                .prompt("p", "2")
                .build();

        telemetry
                .start(request)
                .complete(InferenceResponse.of("text-embedding-3-small", new TokenUsage(9L, 0L, null, null, null)));
        telemetry.start(request).fail(new IOException("gone"));

        assertConforms(generations, 2);
    }

    @ParameterizedTest
    @MethodSource("generations")
    void toolsConform(List<GenAiConventions> generations) {
        GenAiTelemetry telemetry = telemetry(generations);
        ToolRequest request = ToolRequest.function("get_weather")
                .withCallId("call_1")
                .withDescription("the weather of a city")
                .withArguments("{\"city\":\"Bern\"}")
                .withContext(CallContext.ofUser("u-1").withConversation("c-1").withPrompt("p", "2"));

        telemetry.startTool(request).complete("sunny");
        telemetry.startTool(request).fail(new IllegalStateException("no city"));
        telemetry.startTool(request).close();

        assertConforms(generations, 3);
    }

    @ParameterizedTest
    @MethodSource("generations")
    void agentsAndRetrievalsConform(List<GenAiConventions> generations) {
        GenAiTelemetry telemetry = telemetry(generations);
        AgentRequest request = AgentRequest.of("Librarian", "anthropic")
                .withModel("claude-sonnet-4-5")
                .withContext(CallContext.ofUser("u-1").withConversation("c-1").withPrompt("p", "2"));
        RetrievalRequest retrieval = new RetrievalRequest("shelves", CallContext.NONE.withConversation("c-1"));

        AgentInvocation agent = telemetry.startAgent(request);
        try (Scope ignored = agent.makeCurrent()) {
            telemetry.startRetrieval(retrieval).complete();
            telemetry.startRetrieval(RetrievalRequest.of(null)).fail(new IOException("gone"));
            telemetry.startRetrieval(retrieval).close();
        }
        agent.complete();
        telemetry.startAgent(request).fail(new IOException("gone"));
        telemetry.startAgent(request).close();

        assertConforms(generations, 6);
    }

    private static void assertConforms(List<GenAiConventions> generations, int spans) {
        List<MetricData> metrics = List.copyOf(otel.getMetrics());
        assertThat(otel.getSpans()).hasSize(spans);
        GenAiConformance.of(generations.get(0), generations.toArray(GenAiConventions[]::new))
                .assertConforms(otel.getSpans(), metrics);
    }

    private static GenAiTelemetry telemetry(List<GenAiConventions> generations) {
        return GenAiTelemetry.builder(otel.getOpenTelemetry())
                .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
                .conventions(generations.get(0), generations.toArray(GenAiConventions[]::new))
                .profiles(Profile.values())
                .build();
    }

    private static InferenceRequest.Builder aFullRequest() {
        return InferenceRequest.chat("anthropic", "claude-sonnet-4-5")
                .maxTokens(500)
                .temperature(0.7)
                .topP(0.9)
                .topK(40)
                .frequencyPenalty(0.1)
                .presencePenalty(0.2)
                .seed(42L)
                .choiceCount(1)
                .stopSequences(List.of("END"))
                .outputType("json")
                .reasoningLevel("high")
                .server("api.anthropic.com", 443)
                .context(CallContext.ofUser("u-1").withSession("s-1"))
                .conversation("c-1")
                .prompt("summary", "3")
                .variant("b");
    }

    private static InferenceResponse aFullResponse() {
        return new InferenceResponse(
                "msg_1", "claude-sonnet-4-5", List.of("stop"), new TokenUsage(45L, 123L, 10L, 5L, 100L));
    }
}
