package io.bookstore.api.llm.call;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a request towards the provider: the header {@value #HEADER}.
 *
 * <p>A provider writes it to its log; the simulator draws all of its chances from it, which is what makes a load test
 * repeatable.
 */
public final class RequestKey {

    public static final String HEADER = "x-request-id";

    private static final ContextKey<String> KEY = ContextKey.named("bookstore-request-key");

    private RequestKey() {}

    public static Context storeIn(Context context, String requestKey) {
        return context.with(KEY, requestKey);
    }

    /** The headers of a call that is being sent now. */
    public static Map<String, String> headers() {
        String key = current();
        return key == null ? Map.of() : Map.of(HEADER, key);
    }

    private static @Nullable String current() {
        return Context.current().get(KEY);
    }
}
