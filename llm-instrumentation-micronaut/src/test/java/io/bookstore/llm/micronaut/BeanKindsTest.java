package io.bookstore.llm.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.testing.Warnings;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.runtime.context.scope.Refreshable;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beans of every kind: each call counts once, each bean is injected as it was before, and none breaks its application. */
class BeanKindsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final TestApplication application = TestApplication.with(otel);

    @ParameterizedTest
    @ValueSource(strings = {"chat(String)", "chat(ChatRequest)", "doChat(ChatRequest)"})
    void everyFormOfACallCountsOnce(String form) {
        run(application.bean(EchoModel.class, EchoModel::new), context -> {
            ChatModel model = context.getBean(ChatModel.class);
            ChatRequest request =
                    ChatRequest.builder().messages(UserMessage.from("hello")).build();
            switch (form) {
                case "chat(String)" -> model.chat("hello");
                case "chat(ChatRequest)" -> model.chat(request);
                default -> model.doChat(request);
            }
        });

        assertThat(otel.getSpans()).extracting(SpanData::getName).containsExactly("chat gpt-4o-mini");
    }

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
    void callsOfADecoratorCountAtTheModelThatTheyReach() {
        run(
                application.with("decorated").bean(EchoModel.class, EchoModel::new),
                context -> context.getBean(Twice.class).chat("hello"));

        assertThat(otel.getSpans())
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getAttributes().get(AttributeKey.stringKey("gen_ai.provider.name")))
                        .isEqualTo("openai"));
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

    @ParameterizedTest
    @ValueSource(strings = {"by class", "by interface"})
    void modelOfTwoKindsIsMeasuredInBoth(String declared) {
        CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
        TestApplication twoKinds = declared.equals("by class")
                ? application.bean(TwoKinds.class, TwoKinds::new)
                : application.bean(RuntimeBeanDefinition.builder(TwoKinds.class, TwoKinds::new)
                        .singleton(true)
                        .exposedTypes(ChatModel.class, StreamingChatModel.class)
                        .build());

        run(twoKinds, context -> {
            context.getBean(ChatModel.class).chat("hello");
            context.getBean(StreamingChatModel.class).chat("hello", new Answer(streamed));
            assertThat(context.getBean(ChatModel.class).supportedCapabilities())
                    .containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        });

        assertThat(streamed).isCompleted();
        assertThat(otel.getSpans())
                .extracting(span -> span.getAttributes().get(AttributeKey.booleanKey("gen_ai.request.stream")))
                .containsExactly(null, true);
    }

    @Test
    void shortFormThatTheModelHasCodeForRunsThatCode() {
        run(
                application.bean(ShortForms.class, ShortForms::new),
                context -> assertThat(context.getBean(ChatModel.class).chat("hello"))
                        .isEqualTo("my own"));
    }

    @Test
    void exceptionOfTheModelIsThrownAsItIs() {
        IllegalStateException broken = new IllegalStateException("broken");
        run(
                application.bean(FailingModel.class, () -> new FailingModel(broken)),
                context -> assertThatThrownBy(
                                () -> context.getBean(ChatModel.class).chat("hello"))
                        .isSameAs(broken));
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

    private static void run(TestApplication application, Consumer<ApplicationContext> use) {
        try (ApplicationContext context = application.start()) {
            use.accept(context);
        }
    }

    private record Answer(CompletableFuture<ChatResponse> whole) implements StreamingChatResponseHandler {

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
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

    static class FailingModel extends EchoModel {

        private final RuntimeException error;

        FailingModel(RuntimeException error) {
            this.error = error;
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            throw error;
        }
    }

    static class ShortForms extends EchoModel {

        @Override
        public String chat(String text) {
            return "my own";
        }
    }

    static class TwoKinds extends EchoModel implements StreamingChatModel {

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            handler.onCompleteResponse(answer());
        }

        @Override
        public ModelProvider provider() {
            return super.provider();
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return super.defaultRequestParameters();
        }

        @Override
        public List<ChatModelListener> listeners() {
            return List.of();
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        }
    }

    /** A decorator that tells neither provider nor model, as most do. */
    @Singleton
    @Requires(property = TestApplication.BEANS, value = "decorated")
    record Twice(EchoModel inner) implements ChatModel {

        @Override
        public ChatResponse chat(ChatRequest request) {
            inner.chat(request);
            return inner.chat(request);
        }
    }

    @Refreshable
    @Requires(property = TestApplication.BEANS, value = "refreshable")
    static class RefreshableModel extends EchoModel {}

    @Factory
    static class Factories {

        @Singleton
        @Bean(typed = ChatModel.class)
        @Requires(property = TestApplication.BEANS, value = "hidden")
        FinalModel hidden() {
            return new FinalModel();
        }

        @Singleton
        @Requires(property = TestApplication.BEANS, value = "wrapped")
        ChatModel wrapped(GenAiTelemetry telemetry) {
            return InstrumentedChatModel.wrap(new EchoModel(), telemetry);
        }
    }
}
