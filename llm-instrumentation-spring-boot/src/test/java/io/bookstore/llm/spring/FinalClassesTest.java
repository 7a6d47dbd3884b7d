package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.testing.Warnings;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.echo.FinalChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chat models of a final class, as Spring AI 2.0 has them for OpenAI and Anthropic, in beans that are declared by it. */
class FinalClassesTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final ApplicationContextRunner application = TestSdk.in(
                    new ApplicationContextRunner()
                            .withConfiguration(AutoConfigurations.of(LlmInstrumentationAutoConfiguration.class)),
                    otel)
            .withUserConfiguration(OneModel.class);

    @Test
    void isMeasuredWhereItIsInjectedByItsInterface() {
        application
                .withBean(ByInterface.class)
                .run(context -> assertThat(
                                context.getBean(ByInterface.class).model().call("hello"))
                        .isEqualTo("echo"));

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void isTheModelItselfWhereItIsInjectedByItsClassAndThatIsTold() {
        application.withBean(ByClass.class).run(context -> {
            ByClass holder = context.getBean(ByClass.class);

            assertThat(holder.model().call("hello")).isEqualTo("echo");
            assertThat(holder.lazily().getObject()).isSameAs(holder.model());
            assertThat(context.getBean(ChatModel.class).call("hello")).isEqualTo("echo");
        });

        assertThat(otel.getSpans()).hasSize(1);
        assertThat(warnings.all())
                .containsExactly("Calls of the bean finalModel are not measured where it is injected as"
                        + " org.springframework.ai.echo.FinalChatModel, which is final; inject it by its interface");
    }

    @Test
    void isInjectedByItsClassWhereNothingIsMeasured() {
        application
                .withBean(
                        GenAiTelemetry.class,
                        () -> GenAiTelemetry.builder(OpenTelemetry.noop())
                                .enabled(false)
                                .build())
                .withBean(ByClass.class)
                .run(context -> assertThat(
                                context.getBean(ByClass.class).model().call("hello"))
                        .isEqualTo("echo"));

        assertThat(warnings.all()).hasSize(1);
    }

    @Test
    void keepsItsClassAndIsNotMeasuredIfTheApplicationWantsIt() {
        application
                .withPropertyValues("llm.instrumentation.final-classes=false")
                .run(context -> assertThat(context.getBean(FinalChatModel.class).call("hello"))
                        .isEqualTo("echo"));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .singleElement()
                .asString()
                .startsWith("Calls of the bean finalModel are not measured: its class ")
                .contains(" is final or sealed");
    }

    @Test
    void classOfTheApplicationStaysAsItIs() {
        application
                .withBean(OwnModel.class)
                .run(context -> assertThat(context.getBean(OwnModel.class).call("hello"))
                        .isEqualTo("echo"));

        assertThat(warnings.all()).singleElement().asString().contains(OwnModel.class.getName());
    }

    @Test
    void twoOfOneClassKeepItBecauseTheirNamesDecide() {
        application
                .withUserConfiguration(SecondModel.class)
                .withBean(ByName.class)
                .run(context ->
                        assertThat(context.getBean(ByName.class).model()).isSameAs(context.getBean("second")));

        assertThat(warnings.all()).hasSize(2);
    }

    record ByInterface(ChatModel model) {}

    record ByClass(FinalChatModel model, ObjectProvider<FinalChatModel> lazily) {}

    record ByName(@Qualifier("second") FinalChatModel model) {}

    @Configuration(proxyBeanMethods = false)
    static class OneModel {

        @Bean
        FinalChatModel finalModel() {
            return new FinalChatModel();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondModel {

        @Bean
        FinalChatModel second() {
            return new FinalChatModel();
        }
    }

    /** A class of the application. */
    static final class OwnModel implements ChatModel {

        @Override
        public ChatResponse call(Prompt prompt) {
            return new FinalChatModel().call(prompt);
        }
    }
}
