package io.bookstore.llm.spring;

import static io.bookstore.llm.spring.SpringAiHost.DUNE;
import static io.bookstore.llm.spring.SpringAiHost.LIMIT;
import static io.bookstore.llm.spring.SpringAiHost.host;
import static io.bookstore.llm.spring.SpringAiHost.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.spring.SpringAiHost.RequestContext;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.Recorded;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;

/** Streams of Spring AI's own models for OpenAI: one call for each subscription, until its last piece. */
class SpringAiStreamsTest {

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
    void streamCountsOnceUntilItsLastPiece() {
        application.run(context -> assertThat(context.getBean(ChatModel.class).stream(DUNE)
                        .collectList()
                        .block(LIMIT))
                .isNotEmpty());

        Attempt.Tokens tokens = tokens(server);
        assertThat(Recorded.attributes(recorded.onlySpan()))
                .containsEntry("gen_ai.request.stream", true)
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .containsEntry("gen_ai.usage.input_tokens", (long) tokens.input())
                .containsEntry("gen_ai.usage.output_tokens", (long) tokens.output())
                .containsKeys("gen_ai.response.id", "gen_ai.response.time_to_first_chunk", "llm.cost.usd");
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @Test
    void streamIsACallOnceForEachSubscriptionAndNoneWithoutOne() {
        application.run(context -> {
            Flux<ChatResponse> answer = context.getBean(ChatModel.class).stream(DUNE);
            assertThat(otel.getSpans()).isEmpty();

            answer.blockLast(LIMIT);
            answer.blockLast(LIMIT);
        });

        assertThat(otel.getSpans()).hasSize(2);
        assertThat(server.journal().attempts()).hasSize(2);
    }

    @Test
    void cancelledStreamIsNoError() {
        application.run(
                context -> context.getBean(ChatModel.class).stream(DUNE).take(1).blockLast(LIMIT));

        assertThat(recorded.onlySpan().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(Recorded.attributes(recorded.onlySpan())).doesNotContainKey("error.type");
        assertThat(recorded.histogram("gen_ai.client.operation.duration"))
                .singleElement()
                .satisfies(point -> assertThat(point.getAttributes().get(AttributeKey.stringKey("error.type")))
                        .isEqualTo("cancelled"));
    }

    @Test
    void parentOfAStreamIsTheCallerThatReactorKnows() {
        Span request =
                otel.getOpenTelemetry().getTracer("test").spanBuilder("request").startSpan();

        application.run(context -> {
            Observation caller = Observation.createNotStarted(
                            "request", () -> new RequestContext(request), context.getBean(ObservationRegistry.class))
                    .start();
            context.getBean(ChatModel.class).stream(DUNE)
                    .contextWrite(reactor -> reactor.put(ObservationThreadLocalAccessor.KEY, caller))
                    .blockLast(LIMIT);
        });

        assertThat(recorded.onlySpan().getParentSpanId())
                .isEqualTo(request.getSpanContext().getSpanId());
    }

    @Test
    void callOfTheCallerWithinAStreamIsACallOfItsOwn() {
        application.run(context -> {
            ChatModel model = context.getBean(ChatModel.class);

            model.stream(DUNE).take(1).doOnNext(piece -> model.call(DUNE)).blockLast(LIMIT);
        });

        assertThat(otel.getSpans())
                .hasSize(2)
                .allSatisfy(span ->
                        assertThat(span.getParentSpanContext().isValid()).isFalse());
    }
}
