package io.bookstore.llm.framework;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A method to call on an object.
 *
 * @param target The wrapper of a model, or a bean.
 * @param method A method that is accessible.
 */
public record MeasuredMethod(Object target, Method method) {

    /** Calls it, and throws what it throws. */
    public @Nullable Object invoke(Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }
}
