package io.bookstore.simulator.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;

/** Collects bodies up to a limit; Netty's own answer beyond it has no body, and providers send one. */
final class BoundedAggregator extends HttpObjectAggregator {

    BoundedAggregator(int maxBodyBytes) {
        super(maxBodyBytes);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        HttpRequest request = (HttpRequest) oversized;
        context.fireChannelRead(new OversizedRequest(request.method().name(), request.uri(), request.headers()));
    }
}
