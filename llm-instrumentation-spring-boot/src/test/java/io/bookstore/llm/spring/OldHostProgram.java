package io.bookstore.llm.spring;

import dev.langchain4j.model.chat.ChatModel;
import io.bookstore.testing.framework.EchoModel;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** An application with one model; run with another LangChain4j than these tests have. */
public final class OldHostProgram {

    private OldHostProgram() {}

    /** Returns the answer and the class of the bean. */
    public static String run() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(LlmInstrumentationAutoConfiguration.class);
            context.registerBean(OpenTelemetry.class, OpenTelemetry::noop);
            context.registerBean(EchoModel.class);
            context.refresh();
            ChatModel model = context.getBean(ChatModel.class);
            return model.chat("hello") + " of " + model.getClass().getSimpleName();
        }
    }
}
