package io.bookstore.llm.micronaut;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.dynamic.scaffold.subclass.ConstructorStrategy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Makes proxies that are of the class of a bean. Such a proxy is an empty object, whose constructor never ran: a final method
 * would run on it, and a public field would be read of it.
 */
final class Subclass {

    private static final String HANDLER = "$llmInstrumentation";

    /** The constructors of the subclasses: a class of beans has one, however many beans of it a prototype makes. */
    private static final ClassValue<Constructor<?>> CONSTRUCTORS = new ClassValue<>() {

        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            try {
                return constructor(subclass(type));
            } catch (ReflectiveOperationException closed) {
                throw new IllegalStateException(closed);
            }
        }
    };

    private Subclass() {}

    static boolean isPossible(Class<?> type) {
        return !Modifier.isFinal(type.getModifiers())
                && !type.isSealed()
                && Arrays.stream(type.getFields()).allMatch(field -> Modifier.isStatic(field.getModifiers()))
                && Stream.<Class<?>>iterate(type, above -> above != Object.class, Class::getSuperclass)
                        .flatMap(above -> Arrays.stream(above.getDeclaredMethods()))
                        .noneMatch(Subclass::staysOutside);
    }

    private static boolean staysOutside(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers);
    }

    static Object proxy(Class<?> type, InvocationHandler calls) throws ReflectiveOperationException {
        Object proxy = CONSTRUCTORS.get(type).newInstance();
        Field handler = proxy.getClass().getDeclaredField(HANDLER);
        handler.setAccessible(true);
        handler.set(proxy, calls);
        return proxy;
    }

    private static Class<?> subclass(Class<?> type) throws IllegalAccessException {
        // Within the package of the class, which may be visible there only.
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        return new ByteBuddy()
                .subclass(type, ConstructorStrategy.Default.NO_CONSTRUCTORS)
                .defineField(HANDLER, InvocationHandler.class, Visibility.PRIVATE)
                .method(ElementMatchers.isVirtual())
                .intercept(InvocationHandlerAdapter.toField(HANDLER))
                .make()
                .load(type.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(inside))
                .getLoaded();
    }

    /** Makes objects as a stream of objects does: only the constructor of Object runs. javac warns of each import of the factory. */
    private static Constructor<?> constructor(Class<?> subclass) throws ReflectiveOperationException {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        return (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                .invoke(
                        factory.getMethod("getReflectionFactory").invoke(null),
                        subclass,
                        Object.class.getConstructor());
    }
}
