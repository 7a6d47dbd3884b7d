package io.bookstore.simulator.wire;

/** The request cannot be answered, as its sender will be told. */
public final class RefusedException extends RuntimeException {

    private final transient Refusal refusal;

    public RefusedException(Refusal.Kind kind, String message) {
        // Bad requests come in thousands during a load test; nobody reads the stack of one.
        super(message, null, false, false);
        this.refusal = Refusal.of(kind, message);
    }

    public Refusal refusal() {
        return refusal;
    }
}
