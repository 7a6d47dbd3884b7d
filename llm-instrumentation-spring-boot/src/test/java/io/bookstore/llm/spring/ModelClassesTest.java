package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.EchoModel;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Classes of models: each bean is injected as it was before, and one whose class cannot have a subclass stays as it is. */
class ModelClassesTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final ApplicationContextRunner application = TestSdk.in(
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(LlmInstrumentationAutoConfiguration.class)),
            otel);

    @Test
    void beanIsInjectedByItsClassAndByItsInterface() {
        application
                .withBean(EchoModel.class)
                .withBean(ByClass.class)
                .withBean(ByInterface.class)
                .run(context -> {
                    assertThat(context.getBean(ByClass.class).model.chat("hello"))
                            .isEqualTo("echo");
                    assertThat(context.getBean(ByInterface.class).model.chat("hello"))
                            .isEqualTo("echo");
                });

        assertThat(otel.getSpans()).hasSize(2);
    }

    @Test
    void finalClassIsMeasuredWhereItIsDeclaredByItsInterface() {
        application.withUserConfiguration(DeclaredByInterface.class).run(context -> {
            context.getBean("ofFinalClass", ChatModel.class).chat("hello");
            context.getBean("ofLocalClass", ChatModel.class).chat("hello");
        });

        assertThat(otel.getSpans()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("closedModels")
    <T extends ChatModel> void classThatCannotHaveASubclassStaysAsItIs(Class<T> type, Supplier<T> model) {
        application
                .withBean("closed", type, model)
                .run(context -> assertThat(context.getBean(type).chat("hello")).isEqualTo("echo"));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .containsExactly("Calls of the bean closed are not measured: its class " + type.getName()
                        + " is final or sealed, has a final method, a public field, or only private constructors; declare"
                        + " the bean by its interface");
    }

    static Stream<Arguments> closedModels() {
        return Stream.of(
                closed(FinalModel.class, FinalModel::new),
                closed(SealedModel.class, SealedModel::new),
                closed(FinalMethodModel.class, FinalMethodModel::new),
                closed(PublicFieldModel.class, PublicFieldModel::new),
                closed(PrivateModel.class, PrivateModel::new));
    }

    private static <T> Arguments closed(Class<T> type, Supplier<T> model) {
        return Arguments.of(type, model);
    }

    @Test
    void beanThatIsAProxyOfTheJdkIsMeasured() {
        application
                .withBean("proxied", ChatModel.class, () -> {
                    ProxyFactory proxies = new ProxyFactory(new FinalModel());
                    proxies.setOpaque(true);
                    return (ChatModel) proxies.getProxy();
                })
                .run(context -> context.getBean(ChatModel.class).chat("hello"));

        assertThat(otel.getSpans()).hasSize(1);
    }

    record ByClass(EchoModel model) {}

    record ByInterface(ChatModel model) {}

    static final class FinalModel extends EchoModel {}

    static sealed class SealedModel extends EchoModel permits OnlySubclass {}

    static final class OnlySubclass extends SealedModel {}

    static class FinalMethodModel extends EchoModel {

        private final ChatResponse answer = answer();

        @Override
        public final ChatResponse doChat(ChatRequest request) {
            return answer;
        }
    }

    static class PublicFieldModel extends EchoModel {

        public final int temperature = 1;
    }

    static class PrivateModel extends EchoModel {

        private PrivateModel() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class DeclaredByInterface {

        @Bean
        ChatModel ofFinalClass() {
            return new FinalModel();
        }

        @Bean
        ChatModel ofLocalClass() {
            record Local() implements ChatModel {

                @Override
                public ChatResponse doChat(ChatRequest request) {
                    return EchoModel.answer();
                }
            }
            return new Local();
        }
    }
}
