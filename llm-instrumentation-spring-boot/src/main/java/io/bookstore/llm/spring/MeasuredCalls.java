package io.bookstore.llm.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;

/** Sends the calls of a model through the wrappers that measure them; all other methods go to the bean itself. */
final class MeasuredCalls implements MethodInterceptor {

    private final Class<?> type;
    private final List<Wrapper> wrappers;
    private final Map<Method, Optional<Call>> calls = new ConcurrentHashMap<>();

    /** The proxy of a bean, whose own class is {@code type}. */
    MeasuredCalls(Class<?> type, List<Wrapper> wrappers) {
        this.type = type;
        this.wrappers = List.copyOf(wrappers);
    }

    /** A model that measures the calls of an interface of the bean, and makes them on the bean. */
    record Wrapper(Class<?> api, Object model) {}

    private record Call(Object model, Method method) {}

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Optional<Call> call = calls.computeIfAbsent(invocation.getMethod(), this::call);
        return call.isEmpty()
                ? invocation.proceed()
                : AopUtils.invokeJoinpointUsingReflection(
                        call.get().model(), call.get().method(), invocation.getArguments());
    }

    private Optional<Call> call(Method invoked) {
        for (Wrapper wrapper : wrappers) {
            Method method = find(wrapper.api(), invoked);
            if (method != null && !Modifier.isStatic(method.getModifiers()) && isMeasured(wrapper, method)) {
                return Optional.of(new Call(wrapper.model(), method));
            }
        }
        return Optional.empty();
    }

    /** A short form such as {@code chat(String)} that the bean has code of its own for must run that code. */
    private boolean isMeasured(Wrapper wrapper, Method method) {
        return isOverridden(wrapper.model().getClass(), method)
                || Proxy.isProxyClass(type)
                || !isOverridden(type, method);
    }

    private static boolean isOverridden(Class<?> type, Method method) {
        Method found = find(type, method);
        return found != null && !found.getDeclaringClass().isInterface();
    }

    private static @Nullable Method find(Class<?> type, Method method) {
        return ClassUtils.getMethodIfAvailable(type, method.getName(), method.getParameterTypes());
    }
}
