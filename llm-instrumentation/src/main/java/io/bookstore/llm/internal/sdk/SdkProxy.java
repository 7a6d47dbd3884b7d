package io.bookstore.llm.internal.sdk;

import io.bookstore.llm.GenAiTelemetry;
import io.opentelemetry.context.Scope;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of the SDK, or one of its services, whose calls are measured. A proxy, because the SDK's interfaces have new methods
 * in most versions: what is not measured goes to the SDK's own object.
 */
public final class SdkProxy implements InvocationHandler {

    private final Object delegate;
    private final GenAiTelemetry telemetry;
    private final Sdk sdk;
    private final Endpoint endpoint;

    private SdkProxy(Object delegate, GenAiTelemetry telemetry, Sdk sdk, Endpoint endpoint) {
        this.delegate = delegate;
        this.telemetry = telemetry;
        this.sdk = sdk;
        this.endpoint = endpoint;
    }

    /**
     * Puts a proxy around a client.
     *
     * @param withOptions the client's method of that name
     */
    public static <T, B> T around(
            Class<T> type, T client, GenAiTelemetry telemetry, Sdk sdk, Consumer<Consumer<B>> withOptions) {
        Endpoint endpoint = Endpoint.readBy(telemetry, sdk, withOptions);
        return type.cast(around(type, new SdkProxy(client, telemetry, sdk, endpoint)));
    }

    /**
     * Tells that an SDK lacks what is needed to measure it.
     *
     * @param demand what is measured, such as {@code openai-java must be >= 4.8}
     */
    public static void tellTooOld(GenAiTelemetry telemetry, String demand, LinkageError missing) {
        String name = String.valueOf(missing.getMessage()).replace('/', '.');
        telemetry.defect(
                "wrap_model",
                new IllegalStateException(
                        demand + " to be measured, this one has no " + name + "; the client stays unwrapped", missing));
    }

    private static Object around(Class<?> type, SdkProxy handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && method.getName().equals("equals") && method.getDeclaringClass() == Object.class) {
            return arguments[0] == proxy;
        }
        boolean streaming = method.getName().equals("createStreaming");
        if (streaming || method.getName().equals("create")) {
            SdkRequest<?, ?> request = isOwn(method) ? request(arguments) : null;
            if (request != null && arguments != null) {
                return call(request, streaming, method, arguments);
            }
            if (method.isDefault()) {
                // Each of these ends at a method that is measured, if it is called on the proxy.
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
        }
        return method.getName().equals("withOptions") && arguments != null
                ? withOptions(method, arguments)
                : measured(method, passOn(method, arguments), endpoint);
    }

    /** Tells whether the delegate does a method itself: the SDK leaves all but one of each name to its interfaces, a host need not. */
    private boolean isOwn(Method method) throws NoSuchMethodException {
        return !method.isDefault()
                || !delegate.getClass()
                        .getMethod(method.getName(), method.getParameterTypes())
                        .isDefault();
    }

    /** The request, if it is the first of these arguments as it will be sent. */
    private @Nullable SdkRequest<?, ?> request(@Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 ? sdk.request(arguments[0]) : null;
    }

    private @Nullable Object call(
            SdkRequest<?, ?> request, boolean streaming, Method method, @Nullable Object[] arguments) throws Throwable {
        Exchange<?, ?> exchange = Exchange.start(telemetry, sdk, endpoint, request, streaming);
        if (exchange == null) {
            return passOn(method, arguments);
        }
        try (Scope ignored = exchange.makeCurrent()) {
            Object raw = sdk.raw(delegate, streaming, arguments);
            return raw == null ? exchange.observed(passOn(method, arguments)) : exchange.observed(exchange.parsed(raw));
        } catch (Throwable error) {
            exchange.fail(error);
            throw error;
        }
    }

    private @Nullable Object withOptions(Method method, @Nullable Object[] arguments) throws Throwable {
        AtomicReference<Endpoint> seen = new AtomicReference<>(endpoint);
        @SuppressWarnings("unchecked") // The one parameter of each method of this name.
        Consumer<Object> change = (Consumer<Object>) arguments[0];
        Consumer<Object> observed = options -> {
            change.accept(options);
            seen.set(Endpoint.of(telemetry, sdk, options));
        };
        Object changed = passOn(method, change == null ? arguments : new Object[] {observed});
        return measured(method, changed, Objects.requireNonNull(seen.get(), "endpoint"));
    }

    private @Nullable Object measured(Method method, @Nullable Object result, Endpoint at) {
        Class<?> type = method.getReturnType();
        return result != null && sdk.onTheWayToACall().contains(type)
                ? around(type, new SdkProxy(result, telemetry, sdk, at))
                : result;
    }

    private @Nullable Object passOn(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(delegate, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
