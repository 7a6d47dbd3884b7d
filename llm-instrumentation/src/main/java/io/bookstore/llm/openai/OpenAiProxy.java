package io.bookstore.llm.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.core.ClientOptions;
import com.openai.services.async.ChatServiceAsync;
import com.openai.services.async.EmbeddingServiceAsync;
import com.openai.services.async.ResponseServiceAsync;
import com.openai.services.async.chat.ChatCompletionServiceAsync;
import com.openai.services.blocking.ChatService;
import com.openai.services.blocking.EmbeddingService;
import com.openai.services.blocking.ResponseService;
import com.openai.services.blocking.chat.ChatCompletionService;
import io.bookstore.llm.GenAiTelemetry;
import io.opentelemetry.context.Scope;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of the SDK, or one of its services, whose calls are measured. A proxy, because the SDK's interfaces have new methods
 * in most versions: what is not measured goes to the SDK's own object.
 */
final class OpenAiProxy implements InvocationHandler {

    private static final Set<Class<?>> ON_THE_WAY_TO_A_CALL = Set.of(
            OpenAIClient.class,
            OpenAIClient.WithRawResponse.class,
            OpenAIClientAsync.class,
            OpenAIClientAsync.WithRawResponse.class,
            ChatService.class,
            ChatService.WithRawResponse.class,
            ChatServiceAsync.class,
            ChatServiceAsync.WithRawResponse.class,
            ChatCompletionService.class,
            ChatCompletionService.WithRawResponse.class,
            ChatCompletionServiceAsync.class,
            ChatCompletionServiceAsync.WithRawResponse.class,
            ResponseService.class,
            ResponseService.WithRawResponse.class,
            ResponseServiceAsync.class,
            ResponseServiceAsync.WithRawResponse.class,
            EmbeddingService.class,
            EmbeddingService.WithRawResponse.class,
            EmbeddingServiceAsync.class,
            EmbeddingServiceAsync.WithRawResponse.class);

    private final Object delegate;
    private final GenAiTelemetry telemetry;
    private final Endpoint endpoint;

    private OpenAiProxy(Object delegate, GenAiTelemetry telemetry, Endpoint endpoint) {
        this.delegate = delegate;
        this.telemetry = telemetry;
        this.endpoint = endpoint;
    }

    static <T> T around(Class<T> type, T client, GenAiTelemetry telemetry, Endpoint endpoint) {
        return type.cast(around(type, new OpenAiProxy(client, telemetry, endpoint)));
    }

    private static Object around(Class<?> type, OpenAiProxy handler) {
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
            OpenAiRequest<?, ?> request = isOwn(method) ? request(arguments) : null;
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
    private static @Nullable OpenAiRequest<?, ?> request(@Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 ? OpenAiRequest.of(arguments[0]) : null;
    }

    private @Nullable Object call(
            OpenAiRequest<?, ?> request, boolean streaming, Method method, @Nullable Object[] arguments)
            throws Throwable {
        Exchange<?, ?> exchange = Exchange.start(telemetry, endpoint, request, streaming);
        if (exchange == null) {
            return passOn(method, arguments);
        }
        try (Scope ignored = exchange.makeCurrent()) {
            Object raw = RawCalls.answer(delegate, streaming, arguments);
            return raw == null ? exchange.observed(passOn(method, arguments)) : exchange.observed(exchange.parsed(raw));
        } catch (Throwable error) {
            exchange.fail(error);
            throw error;
        }
    }

    private @Nullable Object withOptions(Method method, @Nullable Object[] arguments) throws Throwable {
        AtomicReference<Endpoint> seen = new AtomicReference<>(endpoint);
        @SuppressWarnings("unchecked") // The one parameter of each method of this name.
        Consumer<ClientOptions.Builder> change = (Consumer<ClientOptions.Builder>) arguments[0];
        Consumer<ClientOptions.Builder> observed = options -> {
            change.accept(options);
            seen.set(Endpoint.of(telemetry, options));
        };
        Object changed = passOn(method, change == null ? arguments : new Object[] {observed});
        return measured(method, changed, Objects.requireNonNullElse(seen.get(), Endpoint.UNKNOWN));
    }

    private @Nullable Object measured(Method method, @Nullable Object result, Endpoint at) {
        Class<?> type = method.getReturnType();
        return result != null && ON_THE_WAY_TO_A_CALL.contains(type)
                ? around(type, new OpenAiProxy(result, telemetry, at))
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
