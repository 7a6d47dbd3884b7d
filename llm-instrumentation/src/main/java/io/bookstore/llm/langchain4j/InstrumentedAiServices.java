package io.bookstore.llm.langchain4j;

import dev.langchain4j.service.AiServices;
import io.bookstore.llm.GenAiTelemetry;

/**
 * The builder of AI services that are measured: it takes the place of {@link AiServices#builder(Class)}, and the service
 * behaves as that one's. Each invocation is the span of an agent; below it are its calls to models, tools and retrieval,
 * and other agents that are its tools. Models are wrapped as by {@link InstrumentedChatModel}, unless they are already.
 *
 * <p>Streams are measured from the invocation to their last callback. With a LangChain4j older than 1.14 the builder is
 * LangChain4j's own, with one warning.
 */
public final class InstrumentedAiServices {

    private InstrumentedAiServices() {}

    /** Builds a service; its agent has the simple name of the interface. */
    public static <T> AiServices<T> builder(Class<T> service, GenAiTelemetry telemetry) {
        return builder(service, telemetry, service.getSimpleName());
    }

    /**
     * Builds a service.
     *
     * @param agent the name of the agent; {@code gen_ai.agent.name}
     */
    public static <T> AiServices<T> builder(Class<T> service, GenAiTelemetry telemetry, String agent) {
        return LangChain4jVersion.AGENTS.wrapped(
                telemetry,
                service,
                AiServices.builder(service),
                () -> new MeasuredAiServices<>(service, telemetry, agent));
    }
}
