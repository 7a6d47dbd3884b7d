package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.testing.Warnings;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.observation.ModelObservationContext;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.retry.support.RetryTemplate;
import reactor.core.publisher.Flux;

/** Spring AI's own models for OpenAI, over real HTTP, as beans of an application that knows nothing of telemetry. */
class SpringAiModelsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final Recorded recorded = new Recorded(otel);

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Prompt DUNE = new Prompt("Summarise the book Dune by Frank Herbert");

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final ApplicationContextRunner application = TestSdk.in(
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(LlmInstrumentationAutoConfiguration.class))
                    .withUserConfiguration(Application.class),
            otel);

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

        Attempt.Tokens tokens = tokens();
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

    @Test
    void streamCountsOnceUntilItsLastPiece() {
        application.run(context -> assertThat(context.getBean(ChatModel.class).stream(DUNE)
                        .collectList()
                        .block(LIMIT))
                .isNotEmpty());

        Attempt.Tokens tokens = tokens();
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
                .containsEntry("gen_ai.usage.input_tokens", (long) tokens().input())
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

    private static OpenAiChatOptions.Builder options() {
        return OpenAiChatOptions.builder().model("gpt-4o-mini").streamUsage(true);
    }

    private static Attempt.Tokens tokens() {
        assertThat(server.journal().attempts()).hasSize(1);
        return tokens(server.journal().attempts().get(0));
    }

    private static Attempt.Tokens tokens(Attempt attempt) {
        Attempt.Tokens tokens = attempt.result().tokens();
        assertThat(tokens).isNotNull();
        return tokens;
    }

    private static long sum(List<Attempt> attempts, boolean input) {
        return attempts.stream()
                .map(SpringAiModelsTest::tokens)
                .mapToLong(tokens -> input ? tokens.input() : tokens.output())
                .sum();
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        private final OpenAiApi api = OpenAiApi.builder()
                .baseUrl(server.baseUrl().toString())
                .apiKey("none")
                .build();

        @Bean
        Observed observed() {
            return new Observed();
        }

        /** Made as Spring Boot's own auto-configuration makes it. */
        @Bean
        ObservationRegistry observationRegistry(Observed observed, ObjectProvider<ObservationPredicate> predicates) {
            ObservationRegistry registry = ObservationRegistry.create();
            registry.observationConfig().observationHandler(observed);
            registry.observationConfig().observationHandler(new SpanOfRequest());
            predicates.forEach(registry.observationConfig()::observationPredicate);
            return registry;
        }

        @Bean
        OpenAiChatModel chatModel(ObservationRegistry observations) {
            return OpenAiChatModel.builder()
                    .openAiApi(api)
                    .defaultOptions(options().temperature(0.5).seed(7).build())
                    .retryTemplate(RetryTemplate.builder().maxAttempts(1).build())
                    .observationRegistry(observations)
                    .build();
        }

        @Bean
        OpenAiEmbeddingModel embeddingModel(ObservationRegistry observations) {
            return new OpenAiEmbeddingModel(
                    api,
                    MetadataMode.EMBED,
                    OpenAiEmbeddingOptions.builder()
                            .model("text-embedding-3-small")
                            .build(),
                    RetryTemplate.builder().maxAttempts(1).build(),
                    observations);
        }
    }

    /** The names of the observations of models. */
    static final class Observed implements ObservationHandler<Observation.Context> {

        private final List<String> names = new CopyOnWriteArrayList<>();

        @Override
        public void onStart(Observation.Context context) {
            names.add(context.getName());
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof ModelObservationContext<?, ?>;
        }
    }

    /** Makes the span of an HTTP request current, as a bridge of tracing does. */
    private static final class SpanOfRequest implements ObservationHandler<RequestContext> {

        @Override
        @SuppressWarnings("MustBeClosedChecker") // Closed with the scope of the observation.
        public void onScopeOpened(RequestContext context) {
            context.scope = context.span.makeCurrent();
        }

        @Override
        public void onScopeClosed(RequestContext context) {
            context.scope.close();
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof RequestContext;
        }
    }

    private static final class RequestContext extends Observation.Context {

        private final Span span;
        private Scope scope = Scope.noop();

        RequestContext(Span span) {
            this.span = span;
        }
    }

    static final class Weather {

        @Tool(description = "Tells the weather of a city")
        String weather(String city) {
            return "It is sunny in " + city;
        }
    }
}
