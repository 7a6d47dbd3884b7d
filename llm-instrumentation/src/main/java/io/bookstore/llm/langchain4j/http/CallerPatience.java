package io.bookstore.llm.langchain4j.http;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.ImplicitContextKeyed;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The time that the caller of a model will wait. Exchanges with a provider that begin while it is current end with it at
 * the latest, in whatever state they are; {@link HttpLimits} apply besides. Thread-safe.
 *
 * <p>A model's own timeout is fixed when it is built, and its streaming handle exists only once a token has come: neither
 * can carry the deadline of one request, or stop a provider that is still silent.
 */
public final class CallerPatience implements ImplicitContextKeyed {

    private static final ContextKey<CallerPatience> KEY = ContextKey.named("llm-caller-patience");

    private final long endNanos;
    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
    private volatile boolean givenUp;
    private volatile boolean answerBegan;

    private CallerPatience(Duration longest) {
        this.endNanos = System.nanoTime() + longest.toNanos();
    }

    /** Patience that ends so long from now. */
    public static CallerPatience of(Duration longest) {
        return new CallerPatience(longest);
    }

    /** The caller waits no more: what was begun ends now, at the socket, and what would begin fails. */
    public void giveUp() {
        givenUp = true;
        exchanges.forEach(Exchange::giveUp);
    }

    /** Returns true once a provider has begun to answer with success: it may bill then, whatever becomes of the answer. */
    public boolean answerBegan() {
        return answerBegan;
    }

    @Override
    public Context storeInContext(Context context) {
        return context.with(KEY, this);
    }

    static @Nullable CallerPatience current() {
        return Context.current().get(KEY);
    }

    void answerBegins() {
        answerBegan = true;
    }

    long remainingNanos() {
        return Math.max(0, endNanos - System.nanoTime());
    }

    boolean endsBefore(long nanoTime) {
        return endNanos - nanoTime < 0;
    }

    void watch(Exchange exchange) {
        exchanges.add(exchange);
        if (givenUp) {
            exchange.giveUp();
        }
    }

    void forget(Exchange exchange) {
        exchanges.remove(exchange);
    }
}
