package io.bookstore.llm.framework;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Decides which calls of a bean that is a model go to one of its wrappers. Thread-safe. */
public final class MeasuredMethods {

    private final Class<?> type;
    private final List<ModelWrapper> wrappers;
    private final Map<Method, Optional<MeasuredMethod>> methods = new ConcurrentHashMap<>();

    /** Creates the decisions for a bean whose own class, without proxies of the framework, is {@code type}. */
    public MeasuredMethods(Class<?> type, List<ModelWrapper> wrappers) {
        this.type = type;
        this.wrappers = List.copyOf(wrappers);
    }

    /** Returns what to call in place of {@code invoked}; empty for a method that is no call of the model, or is the bean's own. */
    public Optional<MeasuredMethod> find(Method invoked) {
        return methods.computeIfAbsent(invoked, this::decide);
    }

    private Optional<MeasuredMethod> decide(Method invoked) {
        for (ModelWrapper wrapper : wrappers) {
            Method method = find(wrapper.api(), invoked);
            if (method != null && !Modifier.isStatic(method.getModifiers()) && isMeasured(wrapper, method)) {
                return Optional.of(new MeasuredMethod(wrapper.model(), method));
            }
        }
        return Optional.empty();
    }

    /** A short form such as {@code chat(String)} that the bean has code of its own for must run that code. */
    private boolean isMeasured(ModelWrapper wrapper, Method method) {
        return isOverridden(wrapper.model().getClass(), method)
                || Proxy.isProxyClass(type)
                || !isOverridden(type, method);
    }

    private static boolean isOverridden(Class<?> type, Method method) {
        Method found = find(type, method);
        return found != null && !found.getDeclaringClass().isInterface();
    }

    private static @Nullable Method find(Class<?> type, Method method) {
        try {
            return type.getMethod(method.getName(), method.getParameterTypes());
        } catch (NoSuchMethodException none) {
            return null;
        }
    }
}
