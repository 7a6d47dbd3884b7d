package io.bookstore.simulator.http;

import io.bookstore.simulator.wire.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bodies of one connection within the {@link BodyLimits}. Netty's aggregator has one limit for all requests, and
 * none for all connections together.
 */
final class BodyCollector extends ChannelInboundHandlerAdapter {

    private static final long UNKNOWN_LENGTH = -1;

    private final BodyLimits limits;
    private @Nullable HttpRequest head;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private long most;

    BodyCollector(BodyLimits limits) {
        this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request) {
            if (request.decoderResult().isFailure()) {
                // Where its body begins is unknown.
                ReferenceCountUtil.release(message);
                context.fireChannelRead(new CollectedRequest(request, Unpooled.EMPTY_BUFFER, limits));
                return;
            }
            begin(context, request);
        }
        if (message instanceof HttpContent content) {
            add(context, content);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forget();
        context.fireChannelInactive();
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        forget();
        head = request;
        most = limits.plainBytes();
        if (!fits(request, HttpUtil.getContentLength(request, UNKNOWN_LENGTH))) {
            refuse(context, request, BodyLimits.tooLarge(most));
        } else if (HttpUtil.is100ContinueExpected(request)) {
            context.writeAndFlush(new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
    }

    private void add(ChannelHandlerContext context, HttpContent content) {
        HttpRequest request = head;
        if (request == null) {
            // The rest of a body that was refused.
            content.release();
            return;
        }
        int bytes = content.content().readableBytes();
        boolean fits = fits(request, (long) body.readableBytes() + bytes);
        if (!fits || !limits.take(bytes)) {
            content.release();
            refuse(context, request, fits ? limits.full() : BodyLimits.tooLarge(most));
            return;
        }
        if (content.decoderResult().isFailure()) {
            request.setDecoderResult(content.decoderResult());
        }
        append(context, content.content());
        if (content instanceof LastHttpContent) {
            CollectedRequest whole = new CollectedRequest(request, body, limits);
            head = null;
            body = Unpooled.EMPTY_BUFFER;
            context.fireChannelRead(whole);
        }
    }

    /** Looks the provider's limit up for a long body only. */
    private boolean fits(HttpRequest request, long bytes) {
        if (bytes > most) {
            most = limits.mostBytes(request);
        }
        return bytes <= most;
    }

    /** Most bodies arrive in one part, and need no other buffer around it. */
    private void append(ChannelHandlerContext context, ByteBuf part) {
        if (!part.isReadable()) {
            part.release();
        } else if (body instanceof CompositeByteBuf parts) {
            parts.addComponent(true, part);
        } else if (body.isReadable()) {
            body = context.alloc()
                    .compositeBuffer(Integer.MAX_VALUE)
                    .addComponent(true, body)
                    .addComponent(true, part);
        } else {
            body = part;
        }
    }

    private void refuse(ChannelHandlerContext context, HttpRequest request, Refusal refusal) {
        forget();
        context.fireChannelRead(new UnreadRequest(request.method().name(), request.uri(), request.headers(), refusal));
    }

    private void forget() {
        limits.giveBack(body.readableBytes());
        body.release();
        body = Unpooled.EMPTY_BUFFER;
        head = null;
    }

    /** A request with its body, whose room is free again when it is released. */
    private static final class CollectedRequest extends DefaultFullHttpRequest {

        private final BodyLimits limits;
        private final int bytes;

        CollectedRequest(HttpRequest head, ByteBuf body, BodyLimits limits) {
            super(head.protocolVersion(), head.method(), head.uri(), body, head.headers(), EmptyHttpHeaders.INSTANCE);
            setDecoderResult(head.decoderResult());
            this.limits = limits;
            this.bytes = body.readableBytes();
        }

        @Override
        public boolean release() {
            boolean freed = super.release();
            // An empty buffer is never freed, and has no room to give back.
            if (freed) {
                limits.giveBack(bytes);
            }
            return freed;
        }
    }
}
