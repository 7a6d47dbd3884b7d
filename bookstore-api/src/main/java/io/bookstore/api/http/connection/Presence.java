package io.bookstore.api.http.connection;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * Whether the client of a request is still there: tells the work done for it, once, when its connection has gone.
 * Thread-safe.
 */
public final class Presence implements AutoCloseable {

    private final ChannelFutureListener onClose = closed -> leave();
    private final @Nullable ChannelFuture connection;
    private @Nullable Runnable whenGone;
    private boolean gone;

    private Presence(@Nullable ChannelFuture connection) {
        this.connection = connection;
        if (connection != null) {
            connection.addListener(onClose);
        }
    }

    /** The client of a request; close it when the request has been answered. */
    public static Presence of(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                ? new Presence(netty.getChannelHandlerContext().channel().closeFuture())
                : unknown();
    }

    /** A client without a connection; it stays until {@link #leave()} is called. */
    public static Presence unknown() {
        return new Presence(null);
    }

    /** What to do when the client goes; runs at once if it has gone already. */
    public void whenGone(Runnable action) {
        boolean late;
        synchronized (this) {
            whenGone = action;
            late = gone;
        }
        if (late) {
            action.run();
        }
    }

    /** The client has gone; what comes after the first time changes nothing. */
    public void leave() {
        Runnable action;
        synchronized (this) {
            if (gone) {
                return;
            }
            gone = true;
            action = whenGone;
        }
        if (action != null) {
            action.run();
        }
    }

    /** The client has its answer: from now on its connection says nothing about this request. */
    @Override
    public void close() {
        if (connection != null) {
            connection.removeListener(onClose);
        }
    }
}
