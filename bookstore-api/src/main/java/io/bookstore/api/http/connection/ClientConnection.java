package io.bookstore.api.http.connection;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * The connection of the client that waits for an answer; it tells the work for that client, once, that it has closed.
 * Thread-safe.
 */
public final class ClientConnection implements AutoCloseable {

    private final ChannelFutureListener listener = closed -> markClosed();
    private final @Nullable ChannelFuture connection;
    private @Nullable Runnable onClose;
    private boolean closed;

    private ClientConnection(@Nullable ChannelFuture connection) {
        this.connection = connection;
        if (connection != null) {
            connection.addListener(listener);
        }
    }

    /** The client of a request; close it when the request has been answered. */
    public static ClientConnection of(HttpRequest<?> request) {
        return request instanceof NettyHttpRequest<?> netty
                ? new ClientConnection(
                        netty.getChannelHandlerContext().channel().closeFuture())
                : unknown();
    }

    /** A client whose connection is not known; it stays until {@link #markClosed()} is called. */
    public static ClientConnection unknown() {
        return new ClientConnection(null);
    }

    /** Sets the action for the moment the connection closes; runs it at once if that has happened. */
    public void onClose(Runnable action) {
        boolean late;
        synchronized (this) {
            onClose = action;
            late = closed;
        }
        if (late) {
            action.run();
        }
    }

    /** Runs the action, as the client has left; only the first call has an effect. */
    public void markClosed() {
        Runnable action;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            action = onClose;
        }
        if (action != null) {
            action.run();
        }
    }

    /** Stops to watch the connection, as the client has its answer. */
    @Override
    public void close() {
        if (connection != null) {
            connection.removeListener(listener);
        }
    }
}
