package io.bookstore.simulator.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection that has had its last answer, once its client is silent. Most clients send a body to its end before they
 * read: one whose large body was refused at its first byte would see a reset, and never the refusal.
 */
final class GentleClose extends IdleStateHandler {

    static final int SILENT_SECONDS = 1;

    // As long as a request may take to arrive.
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final long begun = System.nanoTime();

    GentleClose() {
        super(SILENT_SECONDS, 0, 0);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (System.nanoTime() - begun > LONGEST_NANOS) {
            ReferenceCountUtil.release(message);
            context.close();
        } else {
            super.channelRead(context, message);
        }
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        context.close();
    }
}
