package io.bookstore.api.http.connection;

import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.GlobalEventExecutor;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Closes each connection, once the service is told to stop, as soon as nothing on it is under way.
 *
 * <p>Micronaut 4.10.15 does so too, but it loses sight of a connection whose last request was answered before all of its
 * body had arrived, as a refusal is: such a client would hold the stop up for the whole grace period.
 */
@Singleton
final class ConnectionDrain implements GracefulShutdownCapable {

    private static final String NAME = "connection-drain";

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private volatile boolean stopping;

    @Override
    public CompletionStage<?> shutdownGracefully() {
        stopping = true;
        connections.forEach(this::check);
        return CompletableFuture.completedFuture(null);
    }

    /** Watches the connection from the given handler on, which is the last one before those of the server. */
    void watch(Channel connection, String after) {
        connection.pipeline().addAfter(after, NAME, new Exchanges());
        connections.add(connection);
        if (stopping) {
            check(connection);
        }
    }

    private void check(Channel connection) {
        connection.eventLoop().execute(() -> {
            ChannelHandler exchanges = connection.pipeline().get(NAME);
            if (exchanges != null) {
                ((Exchanges) exchanges).closeIfIdle(connection);
            }
        });
    }

    /** The requests of one connection that have begun and whose answers have not ended. */
    private final class Exchanges extends ChannelDuplexHandler {

        private int unanswered;
        private boolean arriving;

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            boolean ends = part instanceof LastHttpContent;
            if (part instanceof HttpRequest) {
                unanswered++;
                arriving = true;
            }
            if (ends) {
                arriving = false;
            }
            context.fireChannelRead(part);
            if (ends && stopping) {
                closeIfIdle(context.channel());
            }
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            boolean interim = message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (message instanceof LastHttpContent && !interim) {
                context.write(message, promise.unvoid().addListener(written -> {
                    unanswered--;
                    if (stopping) {
                        closeIfIdle(context.channel());
                    }
                }));
            } else {
                context.write(message, promise);
            }
        }

        private void closeIfIdle(Channel connection) {
            if (unanswered == 0 && !arriving) {
                connection.close();
            }
        }
    }
}
