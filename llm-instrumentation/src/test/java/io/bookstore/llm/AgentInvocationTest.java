package io.bookstore.llm;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.cost.TokenUsage;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.operation.AgentRequest;
import io.bookstore.llm.operation.CallContext;
import io.bookstore.llm.operation.InferenceRequest;
import io.bookstore.llm.operation.InferenceResponse;
import io.bookstore.llm.operation.RetrievalRequest;
import io.bookstore.llm.operation.ToolRequest;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Agents of plain code: what is below them, and what they add up. */
class AgentInvocationTest {

    private static final AgentRequest LIBRARIAN = AgentRequest.of("Librarian", "openai");
    private static final AgentRequest CRITIC = AgentRequest.of("Critic", "openai");

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @AfterEach
    void spansConform() {
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans());
    }

    @Test
    void tokensOfAgentsAndToolsBelowCount() {
        AgentInvocation librarian = telemetry.startAgent(LIBRARIAN);
        try (Scope ignored = librarian.makeCurrent()) {
            call(TokenUsage.of(10L, 1L));
            ToolExecution tool = telemetry.startTool(ToolRequest.function("review"));
            try (Scope alsoIgnored = tool.makeCurrent()) {
                call(TokenUsage.of(100L, null));
                AgentInvocation critic = telemetry.startAgent(CRITIC);
                try (Scope innermost = critic.makeCurrent()) {
                    call(TokenUsage.of(1000L, 3L));
                }
                critic.complete();
            }
            tool.complete("good");
        }
        librarian.complete();

        assertThat(attributes(span("invoke_agent Librarian")))
                .containsEntry("gen_ai.usage.input_tokens", 1110L)
                .containsEntry("gen_ai.usage.output_tokens", 4L)
                .doesNotContainKey("llm.usage.complete");
        assertThat(attributes(span("invoke_agent Critic")))
                .containsEntry("gen_ai.usage.input_tokens", 1000L)
                .containsEntry("gen_ai.usage.output_tokens", 3L);
        assertThat(span("invoke_agent Critic").getParentSpanId())
                .isEqualTo(span("execute_tool review").getSpanId());
    }

    @Test
    void sumOfTokensThatWereNotAllToldSaysSo() {
        AgentInvocation agent = telemetry.startAgent(LIBRARIAN);
        try (Scope ignored = agent.makeCurrent()) {
            call(TokenUsage.of(10L, 1L));
            call(TokenUsage.UNKNOWN);
        }
        agent.complete();

        assertThat(attributes(span("invoke_agent Librarian")))
                .containsEntry("gen_ai.usage.input_tokens", 10L)
                .containsEntry("llm.usage.complete", false);
    }

    @Test
    void agentWithoutCallsHasNoTokens() {
        telemetry.startAgent(LIBRARIAN).complete();

        assertThat(attributes(onlySpan(otel))).doesNotContainKeys("gen_ai.usage.input_tokens", "llm.usage.complete");
    }

    @Test
    void callsBelowAnAgentHaveItsConversationAndUserAndThoseAfterItDoNot() {
        CallContext reader = CallContext.ofUser("u-1").withConversation("c-1");
        AgentInvocation agent = telemetry.startAgent(LIBRARIAN.withContext(reader));
        try (Scope ignored = agent.makeCurrent()) {
            call(TokenUsage.UNKNOWN);
        }
        agent.complete();
        assertThat(attributes(span("chat gpt-4o")))
                .containsEntry("user.id", "u-1")
                .containsEntry("gen_ai.conversation.id", "c-1");
        otel.clearSpans();

        try (Scope ignored = agent.parent().makeCurrent()) {
            call(TokenUsage.UNKNOWN);
        }

        assertThat(attributes(span("chat gpt-4o"))).doesNotContainKeys("user.id", "gen_ai.conversation.id");
        assertThat(span("chat gpt-4o").getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void callOfTheSameModelWithinAnAgentOfACallIsACallOfItsOwn() {
        Inference outer =
                telemetry.start(InferenceRequest.chat("openai", "gpt-4o").build());
        try (Scope ignored = outer.makeCurrent()) {
            AgentInvocation agent = telemetry.startAgent(LIBRARIAN);
            try (Scope alsoIgnored = agent.makeCurrent()) {
                call(TokenUsage.UNKNOWN);
            }
            agent.complete();
        }
        outer.cancel();

        assertThat(otel.getSpans()).hasSize(3);
    }

    @Test
    void endIsToldOnceAndACancellationIsNoError() {
        AgentInvocation agent = telemetry.startAgent(LIBRARIAN);

        agent.fail(new CancellationException());
        agent.complete();
        agent.fail(new IllegalStateException());
        agent.close();

        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "cancelled")
                .doesNotContainKey("error.type");
    }

    @Test
    void resultOfAToolThatIsAnErrorNeedsNoException() {
        telemetry.startTool(ToolRequest.function("weather")).fail(ErrorType.NOT_FOUND);

        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(onlySpan(otel).getEvents()).isEmpty();
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "not_found");
    }

    @Test
    void retrievalIsNamedByItsDataSource() {
        telemetry.startRetrieval(RetrievalRequest.of("shelves")).complete();

        assertThat(onlySpan(otel).getName()).isEqualTo("retrieval shelves");
        assertThat(attributes(onlySpan(otel))).containsEntry("gen_ai.data_source.id", "shelves");
    }

    @Test
    void disabledTelemetryLeavesTheContextAsItIs() {
        GenAiTelemetry disabled =
                GenAiTelemetry.builder(otel.getOpenTelemetry()).enabled(false).build();

        AgentInvocation agent = disabled.startAgent(LIBRARIAN);
        try (Scope ignored = agent.makeCurrent()) {
            assertThat(AgentInvocation.current()).isNull();
            assertThat(Span.current().getSpanContext().isValid()).isFalse();
        }
        agent.complete();
        disabled.startRetrieval(RetrievalRequest.of("shelves")).complete();

        assertThat(otel.getSpans()).isEmpty();
    }

    private void call(TokenUsage usage) {
        telemetry
                .start(InferenceRequest.chat("openai", "gpt-4o").build())
                .complete(InferenceResponse.of("gpt-4o", usage));
    }

    private static SpanData span(String name) {
        return otel.getSpans().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
