package io.bookstore.llm.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.testing.Warnings;
import io.bookstore.testing.framework.EchoModel;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

/** Beans of every kind, whatever their names, scopes and proxies: each is measured once, and none breaks its application. */
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
