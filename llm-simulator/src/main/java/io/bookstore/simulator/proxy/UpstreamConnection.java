package io.bookstore.simulator.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection to the upstream, which carries one exchange at a time. Confined to its event loop. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private final ArrayDeque<UpstreamConnection> idle;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ProxyExchange exchange;
    private long idleSince;

    UpstreamConnection(ArrayDeque<UpstreamConnection> idle) {
        this.idle = idle;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    boolean isUsable(long mostIdleNanos) {
        return context().channel().isActive() && System.nanoTime() - idleSince < mostIdleNanos;
    }

    void send(FullHttpRequest request, ProxyExchange by) {
        if (!context().channel().isActive()) {
            // It closed just now, and will not tell again.
            request.release();
            by.cut();
            return;
        }
        exchange = by;
        context().writeAndFlush(request, context().voidPromise());
    }

    void read(boolean on) {
        context().channel().config().setAutoRead(on);
    }

    /** Frees the connection for the next exchange. */
    void free() {
        exchange = null;
        idleSince = System.nanoTime();
        read(true);
        idle.add(this);
    }

    void close() {
        exchange = null;
        context().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (exchange == null) {
            ReferenceCountUtil.release(message);
            // It answers what nobody asked.
            reading.close();
        } else {
            exchange.receive((HttpObject) message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reading) {
        if (exchange != null) {
            exchange.flush();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        idle.remove(this);
        if (exchange != null) {
            exchange.cut();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        // A connection that broke: what it carried is cut when it is closed.
        failing.close();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
