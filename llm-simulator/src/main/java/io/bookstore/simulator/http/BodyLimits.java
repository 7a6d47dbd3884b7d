package io.bookstore.simulator.http;

import io.bookstore.simulator.wire.Refusal;
import io.bookstore.simulator.wire.Refusal.Kind;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** The sizes that one request body may have, and all that are held at a time together. Thread-safe. */
final class BodyLimits {

    /** Length up to which a body is taken without a look at its provider, all of which take more. */
    static final int PLAIN_BYTES = 1 << 20;

    private final Router router;
    private final int mostBytes;
    private final long heldBytes;
    private final AtomicLong held = new AtomicLong();

    BodyLimits(Router router, ConnectionLimits limits) {
        this.router = router;
        this.mostBytes = limits.bodyBytes();
        this.heldBytes = limits.heldBytes();
    }

    /** The bytes that the body of any request may have. */
    long plainBytes() {
        return Math.min(PLAIN_BYTES, mostBytes);
    }

    /** The bytes that the body of this request may have. */
    long mostBytes(HttpRequest head) {
        return Math.min(mostBytes, Math.min(heldBytes, router.maxBodyBytes(head)));
    }

    static Refusal tooLarge(long most) {
        return Refusal.of(Kind.TOO_LARGE, "Request exceeds the maximum size of " + most + " bytes");
    }

    /** Takes room for a part of a body, which {@link #giveBack} returns; false if all room is taken. */
    boolean take(int bytes) {
        if (held.addAndGet(bytes) <= heldBytes) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    /** The refusal of a body for which there is no room. */
    Refusal full() {
        return Refusal.of(
                Kind.UNAVAILABLE,
                String.format(
                        Locale.ROOT,
                        "Request bodies of %,d bytes are under way, the most that the simulator holds; send fewer large"
                                + " requests at a time",
                        heldBytes));
    }
}
