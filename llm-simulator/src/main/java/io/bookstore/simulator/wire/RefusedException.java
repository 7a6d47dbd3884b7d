package io.bookstore.simulator.wire;

import org.jspecify.annotations.Nullable;

/** The request cannot be answered, as its sender will be told. */
public final class RefusedException extends RuntimeException {

    private final transient Refusal refusal;

    public RefusedException(Refusal.Kind kind, String message) {
        this(kind, message, null);
    }

    public RefusedException(Refusal.Kind kind, String message, Refusal.@Nullable Detail detail) {
        // Bad requests come in thousands during a load test; the stack of one is never read.
        super(message, null, false, false);
        this.refusal = new Refusal(kind, message, null, detail);
    }

    public Refusal refusal() {
        return refusal;
    }
}
