package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.model.observation.ModelObservationContext;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.retry.support.RetryTemplate;

/** An application with Spring AI's models of a simulator, and what the simulator has billed it. */
final class SpringAiHost {

    static final Duration LIMIT = Duration.ofMinutes(2);
    static final Prompt DUNE = new Prompt("Summarise the book Dune by Frank Herbert");

    private SpringAiHost() {}

    static ApplicationContextRunner host(OpenTelemetryExtension otel, SimulatorServer server) {
        return TestSdk.in(
                new ApplicationContextRunner()
                        .withConfiguration(AutoConfigurations.of(LlmInstrumentationAutoConfiguration.class))
                        .withUserConfiguration(Application.class)
                        .withPropertyValues("simulator=" + server.baseUrl()),
                otel);
    }

    static OpenAiChatOptions.Builder options() {
        return OpenAiChatOptions.builder().model("gpt-4o-mini").streamUsage(true);
    }

    static Attempt.Tokens tokens(SimulatorServer server) {
        assertThat(server.journal().attempts()).hasSize(1);
        return tokens(server.journal().attempts().get(0));
    }

    static Attempt.Tokens tokens(Attempt attempt) {
        Attempt.Tokens tokens = attempt.result().tokens();
        assertThat(tokens).isNotNull();
        return tokens;
    }

    @Configuration(proxyBeanMethods = false)
    static class Application {

        private final OpenAiApi api;

        Application(@Value("${simulator}") String simulator) {
            api = OpenAiApi.builder().baseUrl(simulator).apiKey("none").build();
        }

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

        final List<String> names = new CopyOnWriteArrayList<>();

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
    static final class SpanOfRequest implements ObservationHandler<RequestContext> {

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

    static final class RequestContext extends Observation.Context {

        private final Span span;
        private Scope scope = Scope.noop();

        RequestContext(Span span) {
            this.span = span;
        }
    }
}
