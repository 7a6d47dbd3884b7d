package io.bookstore.llm.spring;

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
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.NameMatchMethodPointcut;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** Beans of every kind: each call counts once, each bean is injected as it was before, and none breaks its application. */
class BeanKindsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings warnings = new Warnings();

    private final ApplicationContextRunner application = TestSdk.in(
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(LlmInstrumentationAutoConfiguration.class)),
            otel);

    @ParameterizedTest
    @ValueSource(strings = {"chat(String)", "chat(ChatRequest)", "doChat(ChatRequest)"})
    void everyFormOfACallCountsOnce(String form) {
        application.withBean(EchoModel.class).run(context -> {
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beanBehindAProxyOfSpringIsMeasuredAndKeepsItsAdvice(boolean ofItsClass) {
        AtomicInteger advised = new AtomicInteger();
        application
                .withBean(EchoModel.class)
                .withBean(DefaultPointcutAdvisor.class, () -> counting(advised))
                .withBean(DefaultAdvisorAutoProxyCreator.class, () -> autoProxies(ofItsClass))
                .run(context -> assertThat(context.getBean(ChatModel.class).chat("hello"))
                        .isEqualTo("echo"));

        assertThat(otel.getSpans()).hasSize(1);
        assertThat(advised).hasValue(1);
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

    @Test
    void beanThatIsWrappedAlreadyStaysAsItIs() {
        application
                .withUserConfiguration(WrappedByHand.class)
                .run(context -> assertThat(context.getBean(ChatModel.class)).isInstanceOf(InstrumentedChatModel.class));
    }

    @Test
    void beanOfTwoNamesIsMeasuredOnce() {
        application
                .withBean("echo", EchoModel.class)
                .withUserConfiguration(SecondName.class)
                .run(context -> assertThat(context.getBean("secondName")).isSameAs(context.getBean("echo")));
    }

    @Test
    void callsOfADecoratorCountAtTheModelThatTheyReach() {
        application
                .withBean(EchoModel.class)
                .withBean(Twice.class)
                .run(context -> context.getBean(Twice.class).chat("hello"));

        assertThat(otel.getSpans())
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getAttributes().get(AttributeKey.stringKey("gen_ai.provider.name")))
                        .isEqualTo("openai"));
    }

    @Test
    void everyInstanceOfAPrototypeIsMeasured() {
        application.withUserConfiguration(Prototype.class).run(context -> {
            context.getBean(ChatModel.class).chat("hello");
            context.getBean(ChatModel.class).chat("hello");
        });

        assertThat(otel.getSpans()).hasSize(2);
    }

    @Test
    void beanBehindTheProxyOfItsScopeAndThatOfAnAdviceIsMeasuredOnce() {
        AtomicInteger advised = new AtomicInteger();
        application
                .withUserConfiguration(Scoped.class)
                .withBean(DefaultPointcutAdvisor.class, () -> counting(advised))
                .withBean(DefaultAdvisorAutoProxyCreator.class, () -> autoProxies(true))
                .run(context -> assertThat(context.getBean(EchoModel.class).chat("hello"))
                        .isEqualTo("echo"));

        assertThat(otel.getSpans()).hasSize(1);
        assertThat(advised.get()).isPositive();
    }

    @Test
    void beansThatNeedEachOtherGetTheMeasuredOne() {
        application
                .withAllowCircularReferences(true)
                .withBean(CircularModel.class)
                .withBean(CircularUser.class)
                .run(context -> {
                    assertThat(context.getBean(CircularUser.class).model).isSameAs(context.getBean(ChatModel.class));
                    context.getBean(CircularUser.class).model.chat("hello");
                });

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void modelOfTwoKindsIsMeasuredInBoth() {
        CompletableFuture<ChatResponse> streamed = new CompletableFuture<>();
        application.withBean(TwoKinds.class).run(context -> {
            context.getBean(ChatModel.class).chat("hello");
            context.getBean(StreamingChatModel.class).chat("hello", new Answer(streamed));
            assertThat(context.getBean(TwoKinds.class).supportedCapabilities())
                    .containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        });

        assertThat(streamed).isCompleted();
        assertThat(otel.getSpans())
                .extracting(span -> span.getAttributes().get(AttributeKey.booleanKey("gen_ai.request.stream")))
                .containsExactly(null, true);
    }

    @Test
    void shortFormThatTheModelHasCodeForRunsThatCode() {
        application
                .withBean(ShortForms.class)
                .run(context -> assertThat(context.getBean(ChatModel.class).chat("hello"))
                        .isEqualTo("my own"));
    }

    @Test
    void exceptionOfTheModelIsThrownAsItIs() {
        IllegalStateException broken = new IllegalStateException("broken");
        application
                .withBean(FailingModel.class, () -> new FailingModel(broken))
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(ChatModel.class).chat("hello"))
                        .isSameAs(broken));
    }

    @Test
    void telemetryThatCannotBeFoundLeavesTheBareModel() {
        application
                .withBean("one", GenAiTelemetry.class, () -> GenAiTelemetry.create(otel.getOpenTelemetry()))
                .withBean("two", GenAiTelemetry.class, () -> GenAiTelemetry.create(otel.getOpenTelemetry()))
                .withBean("echo", EchoModel.class)
                .run(context -> assertThat(context.getBean(ChatModel.class).chat("hello"))
                        .isEqualTo("echo"));

        assertThat(otel.getSpans()).isEmpty();
        assertThat(warnings.all())
                .singleElement()
                .asString()
                .startsWith("Calls of the bean echo are not measured: ")
                .contains("found 2: one,two");
    }

    @Test
    void applicationWithoutLangChain4jHasTheTelemetryForItsOwnCalls() {
        application
                .withClassLoader(new FilteredClassLoader("dev.langchain4j"))
                .run(context -> assertThat(context.getBean(GenAiTelemetry.class).enabled())
                        .isTrue());
    }

    private static DefaultPointcutAdvisor counting(AtomicInteger calls) {
        NameMatchMethodPointcut doChat = new NameMatchMethodPointcut();
        doChat.addMethodName("chat");
        return new DefaultPointcutAdvisor(doChat, (MethodInterceptor) invocation -> {
            calls.incrementAndGet();
            return invocation.proceed();
        });
    }

    private static DefaultAdvisorAutoProxyCreator autoProxies(boolean ofItsClass) {
        DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
        creator.setProxyTargetClass(ofItsClass);
        return creator;
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

    /** A decorator that tells neither provider nor model, as most do. */
    record Twice(EchoModel inner) implements ChatModel {

        @Override
        public ChatResponse chat(ChatRequest request) {
            inner.chat(request);
            return inner.chat(request);
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

    static class CircularModel extends EchoModel {

        @Autowired
        void setUser(CircularUser user) {
            assertThat(user).isNotNull();
        }
    }

    static class CircularUser {

        ChatModel model = new EchoModel();

        @Autowired
        void setModel(ChatModel value) {
            model = value;
        }
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

    @Configuration(proxyBeanMethods = false)
    static class WrappedByHand {

        @Bean
        ChatModel chatModel(GenAiTelemetry telemetry) {
            return InstrumentedChatModel.wrap(new EchoModel(), telemetry);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondName {

        @Bean
        ChatModel secondName(EchoModel model) {
            return model;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Scoped {

        @Bean
        @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
        EchoModel scoped() {
            return new EchoModel();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Prototype {

        @Bean
        @Scope("prototype")
        ChatModel chatModel() {
            return new EchoModel();
        }
    }
}
