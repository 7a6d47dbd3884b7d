package io.bookstore.simulator.proxy;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Collects the bodies of a proxy's clients: a recording has the request as a whole. */
final class ProxyBodies extends HttpObjectAggregator {

    // Twice the longest body that a provider takes, which is Anthropic's.
    private static final int MOST_BYTES = 64 << 20;

    ProxyBodies() {
        super(MOST_BYTES);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        String sentence = "The request body must have at most " + MOST_BYTES + " bytes to pass through the proxy";
        context.writeAndFlush(ProxyExchange.refusal(413, sentence)).addListener(ChannelFutureListener.CLOSE);
    }
}
