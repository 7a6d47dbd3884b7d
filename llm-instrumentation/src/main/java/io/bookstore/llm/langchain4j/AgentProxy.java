package io.bookstore.llm.langchain4j;

import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.memory.ChatMemoryAccess;
import io.bookstore.llm.AgentInvocation;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.operation.AgentRequest;
import io.opentelemetry.context.Scope;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An AI service whose invocations are measured. A proxy of the same interface as LangChain4j's own, so that a native image
 * needs to know nothing more; it calls that one's handler, and no method by reflection.
 */
final class AgentProxy implements InvocationHandler {

    private final InvocationHandler service;
    private final GenAiTelemetry telemetry;
    private final AgentRequest agent;
    private final Streams streams;

    private AgentProxy(InvocationHandler service, GenAiTelemetry telemetry, AgentRequest agent, Streams streams) {
        this.service = service;
        this.telemetry = telemetry;
        this.agent = agent;
        this.streams = streams;
    }

    static <T> T around(Class<T> type, T service, GenAiTelemetry telemetry, AgentRequest agent, Streams streams) {
        if (!Proxy.isProxyClass(service.getClass())) {
            telemetry.defect(
                    "wrap_agent",
                    new IllegalStateException("An AI service must be a proxy to be measured, "
                            + service.getClass().getName() + " is none; the AI service stays unwrapped"));
            return service;
        }
        AgentProxy handler = new AgentProxy(Proxy.getInvocationHandler(service), telemetry, agent, streams);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        Class<?> declaring = method.getDeclaringClass();
        if (method.isDefault() || declaring == Object.class || declaring == ChatMemoryAccess.class) {
            return service.invoke(proxy, method, arguments);
        }
        AgentInvocation invocation = telemetry.startAgent(request(method, arguments));
        try (Scope ignored = invocation.makeCurrent()) {
            return answer(service.invoke(proxy, method, arguments), invocation);
        } catch (Throwable error) {
            invocation.fail(error, ChatConversion::errorType);
            throw error;
        }
    }

    private @Nullable Object answer(@Nullable Object answer, AgentInvocation invocation) {
        if (!goesOn(answer)) {
            invocation.complete();
            return answer;
        }
        invocation.cancelWhenUnreachable();
        return answer instanceof TokenStream stream ? new MeasuredTokenStream(stream, invocation) : answer;
    }

    private boolean goesOn(@Nullable Object answer) {
        return switch (streams) {
            case NONE -> false;
            case TOKEN_STREAMS -> answer instanceof TokenStream;
            case ALL -> true;
        };
    }

    private AgentRequest request(Method method, @Nullable Object @Nullable [] arguments) {
        try {
            String conversation = conversation(method.getParameters(), arguments);
            return conversation == null
                    ? agent
                    : agent.withContext(agent.context().withConversation(conversation));
        } catch (Throwable defect) {
            telemetry.defect("read_request", defect);
            return agent;
        }
    }

    private static @Nullable String conversation(Parameter[] parameters, @Nullable Object @Nullable [] arguments) {
        for (int i = 0; arguments != null && i < parameters.length; i++) {
            Object id = parameters[i].isAnnotationPresent(MemoryId.class) ? arguments[i] : null;
            // Of another class the text may be anything.
            if (id instanceof CharSequence || id instanceof Number || id instanceof UUID) {
                return id.toString();
            }
        }
        return null;
    }

    /** The answers of a service that go on after its method has returned. */
    enum Streams {
        NONE,
        TOKEN_STREAMS,
        /** A service without another model: an adapter of the host may have made its streams any class. */
        ALL
    }
}
