package io.bookstore.llm.micronaut;

import static io.bookstore.llm.micronaut.TestApplication.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.EchoModel;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.context.scope.Refreshable;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Beans of every kind, whatever their names, scopes and proxies: each is measured once, and none breaks its application. */
class BeanKindsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final TestApplication application = TestApplication.with(otel);

    @Test
    void beanBehindTheProxyOfItsScopeIsMeasuredOnce() {
        run(
                application.with("refreshable"),
                context -> assertThat(context.getBean(RefreshableModel.class).chat("hello"))
                        .isEqualTo("echo"));

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void beanThatIsWrappedAlreadyStaysAsItIs() {
        run(
                application.with("wrapped"),
                context -> context.getBean(ChatModel.class).chat("hello"));

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void everyInstanceOfAPrototypeIsMeasuredWithOneClassForAll() {
        RuntimeBeanDefinition<EchoModel> prototype = RuntimeBeanDefinition.of(EchoModel.class, EchoModel::new);
        run(application.bean(prototype), context -> {
            ChatModel first = context.getBean(ChatModel.class);
            ChatModel second = context.getBean(ChatModel.class);
            first.chat("hello");
            second.chat("hello");
            assertThat(first).isEqualTo(first).isNotEqualTo(second).hasSameClassAs(second);
        });

        assertThat(otel.getSpans()).hasSize(2);
    }

    /** Micronaut tells of the beans that it makes, and no others. */
    @Test
    void objectThatTheApplicationRegistersStaysAsItIs() {
        EchoModel model = new EchoModel();
        run(application, context -> {
            context.registerSingleton(ChatModel.class, model);
            assertThat(context.getBean(ChatModel.class)).isSameAs(model);
        });
    }

    @Test
    void telemetryThatCannotBeFoundLeavesTheBareModel() {
        run(
                application
                        .bean(GenAiTelemetry.class, () -> GenAiTelemetry.create(otel.getOpenTelemetry()))
                        .bean(GenAiTelemetry.class, () -> GenAiTelemetry.create(otel.getOpenTelemetry()))
                        .bean(EchoModel.class, EchoModel::new),
                context -> assertThat(context.getBean(ChatModel.class).chat("hello"))
                        .isEqualTo("echo"));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .singleElement()
                .asString()
                .startsWith("Calls of the bean EchoModel() are not measured: ")
                .contains("Multiple possible bean candidates found");
    }

    @Refreshable
    @Requires(property = TestApplication.BEANS, value = "refreshable")
    static class RefreshableModel extends EchoModel {}

    @Factory
    static class Factories {

        @Singleton
        @Requires(property = TestApplication.BEANS, value = "wrapped")
        ChatModel wrapped(GenAiTelemetry telemetry) {
            return InstrumentedChatModel.wrap(new EchoModel(), telemetry);
        }
    }
}
