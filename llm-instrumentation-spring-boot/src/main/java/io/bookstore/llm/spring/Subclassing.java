package io.bookstore.llm.spring;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.springframework.util.ReflectionUtils;

/**
 * Tells whether a proxy may be of a class. Spring makes more of them, but the proxy is an empty object, whose constructor
 * never ran: a final method would run on it, and a public field would be read of it.
 */
final class Subclassing {

    private Subclassing() {}

    static boolean isPossible(Class<?> type) {
        return !Modifier.isFinal(type.getModifiers())
                && !type.isSealed()
                && Arrays.stream(type.getDeclaredConstructors()).anyMatch(Subclassing::isOpen)
                && Arrays.stream(type.getFields()).allMatch(field -> Modifier.isStatic(field.getModifiers()))
                && Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type)).noneMatch(Subclassing::staysOutside);
    }

    private static boolean isOpen(Constructor<?> constructor) {
        return !Modifier.isPrivate(constructor.getModifiers());
    }

    private static boolean staysOutside(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isFinal(modifiers)
                && !Modifier.isStatic(modifiers)
                && !Modifier.isPrivate(modifiers)
                && method.getDeclaringClass() != Object.class;
    }
}
