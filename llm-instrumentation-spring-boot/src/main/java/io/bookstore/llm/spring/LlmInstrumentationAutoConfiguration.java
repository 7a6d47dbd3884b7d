package io.bookstore.llm.spring;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.framework.ApplicationTelemetry;
import io.bookstore.llm.langchain4j.LangChain4jModels;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Provides a {@link GenAiTelemetry}, unless the application has one, and measures by it every model of LangChain4j and
 * Spring AI that is a bean. With {@code llm.instrumentation.enabled=false} no bean is touched, and the telemetry measures nothing.
 */
@AutoConfiguration
public final class LlmInstrumentationAutoConfiguration {

    // Lazy: an application without a model needs no telemetry, and no warning that it has none.
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    GenAiTelemetry genAiTelemetry(ConfigurableListableBeanFactory beanFactory, Environment environment) {
        return ApplicationTelemetry.create(new SpringBeans(beanFactory, environment));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({ChatModel.class, StreamingChatModel.class, EmbeddingModel.class})
    @ConditionalOnProperty(name = "llm.instrumentation.enabled", havingValue = "true", matchIfMissing = true)
    static class LangChain4jConfiguration {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static ModelPostProcessor llmInstrumentationModelPostProcessor(
                ConfigurableListableBeanFactory beanFactory, ObjectProvider<GenAiTelemetry> telemetry) {
            return new ModelPostProcessor(new LangChain4jModels(), FinalClasses.none(), beanFactory, telemetry);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({
        org.springframework.ai.chat.model.ChatModel.class,
        org.springframework.ai.embedding.EmbeddingModel.class
    })
    @ConditionalOnProperty(name = "llm.instrumentation.enabled", havingValue = "true", matchIfMissing = true)
    static class SpringAiConfiguration {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static ModelPostProcessor llmInstrumentationSpringAiPostProcessor(
                ConfigurableListableBeanFactory beanFactory,
                ObjectProvider<GenAiTelemetry> telemetry,
                Environment environment) {
            boolean showing = !"false".equals(environment.getProperty("llm.instrumentation.final-classes"));
            FinalClasses finalClasses = showing
                    ? FinalClasses.of(org.springframework.ai.chat.model.ChatModel.class, beanFactory)
                    : FinalClasses.none();
            return new ModelPostProcessor(new SpringAiModels(), finalClasses, beanFactory, telemetry);
        }

        @Bean
        @ConditionalOnProperty(
                name = "llm.instrumentation.spring-ai-observations",
                havingValue = "false",
                matchIfMissing = true)
        SpringAiObservations llmInstrumentationSpringAiObservations(ObjectProvider<GenAiTelemetry> telemetry) {
            return new SpringAiObservations(telemetry);
        }
    }
}
