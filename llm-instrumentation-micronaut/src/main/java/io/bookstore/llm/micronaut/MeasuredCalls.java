package io.bookstore.llm.micronaut;

import io.bookstore.llm.framework.MeasuredMethod;
import io.bookstore.llm.framework.MeasuredMethods;
import io.bookstore.llm.framework.ModelWrapper;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the calls of a model through the wrappers that measure them; all other methods go to the bean itself. */
final class MeasuredCalls implements InvocationHandler {

    private final Object bean;
    private final MeasuredMethods methods;

    MeasuredCalls(Object bean, List<ModelWrapper> wrappers) {
        this.bean = bean;
        methods = new MeasuredMethods(bean.getClass(), wrappers);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("equals") && arguments != null && arguments.length == 1 && arguments[0] == proxy) {
            return true;
        }
        return methods.find(method).orElseGet(() -> ownMethod(method)).invoke(arguments);
    }

    private MeasuredMethod ownMethod(Method method) {
        // The class of the bean need not be public.
        method.setAccessible(true);
        return new MeasuredMethod(bean, method);
    }
}
