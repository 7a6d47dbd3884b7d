package io.bookstore.simulator.proxy;

import io.bookstore.simulator.http.RequestTimer;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The requests of one client's connection, passed on one after the other in their order. */
final class ProxyConnection extends ChannelInboundHandlerAdapter {

    private static final System.Logger logger = System.getLogger(ProxyConnection.class.getName());
    private static final int MOST_WAITING = 16;

    private final Upstream upstream;
    private final ProxyListener listener;
    private final RecordingMemory memory;
    private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>();
    private @Nullable ProxyExchange current;

    ProxyConnection(Upstream upstream, ProxyListener listener, RecordingMemory memory) {
        this.upstream = upstream;
        this.listener = listener;
        this.memory = memory;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        waiting.add((FullHttpRequest) message);
        passOnNext(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == RequestTimer.EXPIRED && current == null) {
            refuse(context, 408, "The request did not arrive in time: send it again");
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (current != null && context.channel().isWritable()) {
            current.resume();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (current != null) {
            current.cancel();
        }
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A client may go away at any time.
        if (!(cause instanceof IOException)) {
            logger.log(Level.WARNING, "A connection is closed because of an error", cause);
        }
        context.close();
    }

    private void passOnNext(ChannelHandlerContext context) {
        while (current == null && !waiting.isEmpty()) {
            FullHttpRequest request = waiting.remove();
            String wrong = wrong(request);
            if (wrong != null) {
                request.release();
                refuse(context, 400, wrong);
                return;
            }
            ProxyExchange exchange = new ProxyExchange(context, request, upstream, listener, memory.share(), () -> {
                current = null;
                passOnNext(context);
            });
            current = exchange;
            exchange.start();
        }
        // Reading goes on meanwhile, since a client that has gone away is noticed by reading alone.
        context.channel().config().setAutoRead(waiting.size() < MOST_WAITING);
    }

    private static void refuse(ChannelHandlerContext context, int status, String sentence) {
        context.writeAndFlush(ProxyExchange.refusal(status, sentence)).addListener(ChannelFutureListener.CLOSE);
    }

    private static @Nullable String wrong(FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return "This is not HTTP/1.1: " + request.decoderResult().cause().getMessage();
        }
        return request.uri().startsWith("/")
                ? null
                : "The request target must begin with /, was " + request.uri()
                        + ": make the proxy the client's base URL, not its HTTP proxy";
    }
}
