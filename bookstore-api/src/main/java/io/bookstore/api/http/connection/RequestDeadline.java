package io.bookstore.api.http.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request does not end in time. The server's idle timeouts start anew with every byte, so that
 * a byte a second would hold a connection for ever.
 *
 * <p>A request that arrives in one piece, as nearly all do, sets no timer.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {

    private enum Awaited {
        FIRST_BYTE,
        HEAD,
        BODY
    }

    private final ConnectionConfig config;
    private final BooleanSupplier held;
    private Awaited awaited = Awaited.FIRST_BYTE;
    private @Nullable Future<?> timer;

    /** @param held true while the service itself does not read on, so that the client is not late */
    RequestDeadline(ConnectionConfig config, BooleanSupplier held) {
        this.config = config;
        this.held = held;
    }

    /** Goes before the HTTP codec, which says nothing of a head until it is whole. */
    ChannelInboundHandlerAdapter firstByte() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object bytes) {
                if (awaited == Awaited.FIRST_BYTE) {
                    awaited = Awaited.HEAD;
                }
                context.fireChannelRead(bytes);
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpRequest) {
            await(Awaited.BODY);
        }
        if (part instanceof LastHttpContent) {
            await(Awaited.FIRST_BYTE);
        }
        context.fireChannelRead(part);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (awaited != Awaited.FIRST_BYTE && timer == null && !held.getAsBoolean()) {
            long millis = (awaited == Awaited.HEAD ? config.headTimeout() : config.bodyTimeout()).toMillis();
            timer = context.executor().schedule(() -> context.close(), millis, TimeUnit.MILLISECONDS);
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        await(Awaited.FIRST_BYTE);
        context.fireChannelInactive();
    }

    private void await(Awaited next) {
        awaited = next;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
