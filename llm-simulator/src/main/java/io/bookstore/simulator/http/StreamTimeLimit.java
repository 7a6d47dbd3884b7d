package io.bookstore.simulator.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;

/** The time limit of a request on an HTTP/2 stream. */
final class StreamTimeLimit extends ChannelInboundHandlerAdapter {

    private final RequestTimer timer;

    StreamTimeLimit(RequestTimer timer) {
        this.timer = timer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof LastHttpContent) {
            timer.stop();
        } else {
            timer.start(context);
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.stop();
        context.fireChannelInactive();
    }
}
