package io.bookstore.llm.micronaut;

import static io.bookstore.llm.micronaut.TestApplication.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.EchoModel;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes of models: each bean is injected as it was before, and one whose class cannot have a subclass stays as it is. */
class ModelClassesTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final TestApplication application = TestApplication.with(otel);

    @Test
    void beanIsInjectedByItsClassAndByItsInterface() {
        run(application.with("injected").bean(EchoModel.class, EchoModel::new), context -> {
            assertThat(context.getBean(ByClass.class).model.chat("hello")).isEqualTo("echo");
            assertThat(context.getBean(ByInterface.class).model.chat("hello")).isEqualTo("echo");
        });

        assertThat(otel.getSpans()).hasSize(2);
    }

    @Test
    void beanThatIsKnownByItsInterfaceIsTheWrapperOfTheLibrary() {
        run(application.bean(ChatModel.class, FinalModel::new), context -> {
            assertThat(context.getBean(ChatModel.class)).isInstanceOf(InstrumentedChatModel.class);
            context.getBean(ChatModel.class).chat("hello");
        });

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void finalClassIsMeasuredWhereTheBeanHidesIt() {
        run(
                application.with("hidden"),
                context -> context.getBean(ChatModel.class).chat("hello"));

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void otherInterfacesOfABeanStay() {
        run(application.bean(ChatModel.class, ClosingModel::new), context -> {
            ChatModel model = context.getBean(ChatModel.class);
            model.chat("hello");
            assertThat(model).isInstanceOf(AutoCloseable.class).hasToString("closing");
        });

        assertThat(otel.getSpans()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("closedModels")
    <T extends ChatModel> void classThatCannotHaveASubclassStaysAsItIs(Class<T> type, Supplier<T> model) {
        run(application.bean(RuntimeBeanDefinition.of(type, model)), context -> {
            assertThat(context.getBean(type).chat("hello")).isEqualTo("echo");
            assertThat(context.getBean(type).chat("hello")).isEqualTo("echo");
        });

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .containsExactly("Calls of the bean " + type.getSimpleName() + "() are not measured: its " + type
                        + " is final or sealed, or has a final method or a public field; declare the bean by its interface,"
                        + " for example with @Bean(typed = ChatModel.class)");
    }

    static Stream<Arguments> closedModels() {
        return Stream.of(
                closed(FinalModel.class, FinalModel::new),
                closed(SealedModel.class, SealedModel::new),
                closed(FinalMethodModel.class, FinalMethodModel::new),
                closed(PublicFieldModel.class, PublicFieldModel::new));
    }

    private static <T> Arguments closed(Class<T> type, Supplier<T> model) {
        return Arguments.of(type, model);
    }

    @Test
    void classThatOnlyItselfCanMakeIsMeasured() {
        run(
                application.bean(PrivateModel.class, PrivateModel::new),
                context -> context.getBean(PrivateModel.class).chat("hello"));

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void beanThatIsAProxyOfTheJdkIsMeasured() {
        ChatModel target = new EchoModel();
        ChatModel proxied = (ChatModel) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ChatModel.class},
                (proxy, method, arguments) -> method.invoke(target, arguments));

        run(
                application.bean(ChatModel.class, () -> proxied),
                context -> context.getBean(ChatModel.class).chat("hello"));

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Singleton
    @Requires(property = TestApplication.BEANS, value = "injected")
    record ByClass(EchoModel model) {}

    @Singleton
    @Requires(property = TestApplication.BEANS, value = "injected")
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

    static class ClosingModel extends EchoModel implements AutoCloseable {

        @Override
        public void close() {}

        @Override
        public String toString() {
            return "closing";
        }
    }

    @Factory
    static class Factories {

        @Singleton
        @Bean(typed = ChatModel.class)
        @Requires(property = TestApplication.BEANS, value = "hidden")
        FinalModel hidden() {
            return new FinalModel();
        }
    }
}
