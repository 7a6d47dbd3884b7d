package io.bookstore.simulator.http;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The time limit of a request that has begun to arrive. Confined to its connection's event loop. */
public final class RequestTimer {

    /** The event that tells a connection's handlers that the request under way took too long. */
    public static final Object EXPIRED = new Object();

    private final Duration limit;
    private final Consumer<ChannelHandlerContext> onExpiry;
    private @Nullable Future<?> running;

    /** A timer that closes the connection. */
    static RequestTimer closing(Duration limit) {
        return new RequestTimer(limit, ChannelHandlerContext::close);
    }

    /** A timer that sends {@link #EXPIRED} to the handlers behind the one that started it. */
    static RequestTimer telling(Duration limit) {
        return new RequestTimer(limit, context -> context.fireUserEventTriggered(EXPIRED));
    }

    private RequestTimer(Duration limit, Consumer<ChannelHandlerContext> onExpiry) {
        this.limit = limit;
        this.onExpiry = onExpiry;
    }

    /** Starts the time, unless it is running. */
    void start(ChannelHandlerContext context) {
        if (running == null) {
            running = context.executor().schedule(() -> expire(context), limit.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Stops the time: the request is complete, or its connection is gone. */
    void stop() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }

    private void expire(ChannelHandlerContext context) {
        running = null;
        // A connection that is not read is late by the simulator's own doing.
        if (context.channel().config().isAutoRead()) {
            onExpiry.accept(context);
        }
        if (context.channel().isActive()) {
            start(context);
        }
    }
}
