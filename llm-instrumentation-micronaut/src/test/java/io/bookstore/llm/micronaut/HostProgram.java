package io.bookstore.llm.micronaut;

import dev.langchain4j.model.chat.ChatModel;
import io.bookstore.testing.framework.EchoModel;
import io.micronaut.context.ApplicationContext;
import io.opentelemetry.api.OpenTelemetry;

/** An application with one model; run with another LangChain4j than these tests have. */
public final class HostProgram {

    private HostProgram() {}

    /** Returns the answer and the class of the bean. */
    public static String run() {
        TestApplication application = TestApplication.withoutSdk()
                .bean(OpenTelemetry.class, OpenTelemetry::noop)
                .bean(EchoModel.class, EchoModel::new);
        try (ApplicationContext context = application.start()) {
            ChatModel model = context.getBean(ChatModel.class);
            return model.chat("hello") + " of " + model.getClass().getSimpleName();
        }
    }
}
