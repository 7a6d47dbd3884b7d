package io.bookstore.llm.spring.ai;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Reads values by the names of their accessors. The classes that have them are in modules of their own, which a host may
 * lack, and differ between Spring AI 1.1 and 2.0, but the names do not.
 */
final class Accessors {

    private static final Map<Key, Optional<Method>> methods = new ConcurrentHashMap<>();

    private Accessors() {}

    private record Key(Class<?> type, String name) {}

    /** Returns the value at the end of the path; null if there is none, or an accessor on the way is missing or throws. */
    static @Nullable Object read(Object start, String... path) {
        Object value = start;
        for (String name : path) {
            value = value == null ? null : unwrapped(invoke(value, name));
        }
        return value;
    }

    /** Returns the number at the end of the path, or null. */
    static @Nullable Long number(Object start, String... path) {
        return read(start, path) instanceof Number number ? number.longValue() : null;
    }

    private static @Nullable Object unwrapped(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    private static @Nullable Object invoke(Object target, String name) {
        Optional<Method> accessor = methods.computeIfAbsent(
                new Key(target.getClass(), name),
                key -> Optional.ofNullable(ClassUtils.getMethodIfAvailable(key.type(), key.name())));
        if (accessor.isEmpty()) {
            return null;
        }
        try {
            return accessor.get().invoke(target);
        } catch (ReflectiveOperationException unreadable) {
            return null;
        }
    }
}
