package io.bookstore.simulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ByteProcessor;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * HTTP/1.1 from and to bytes, with a time limit for a request that has begun to arrive. Netty's own server codec does not tell
 * whether a request has begun before its head is complete.
 */
final class Http1Codec extends CombinedChannelDuplexHandler<Http1Codec.Decoder, Http1Codec.Encoder> {

    Http1Codec(HttpDecoderConfig config, RequestTimer timer) {
        Queue<HttpMethod> methods = new ArrayDeque<>();
        init(new Decoder(config, timer, methods), new Encoder(methods));
    }

    /** Bytes to requests. */
    static final class Decoder extends HttpRequestDecoder {

        private final RequestTimer timer;
        private final Queue<HttpMethod> methods;
        private boolean begun;

        private Decoder(HttpDecoderConfig config, RequestTimer timer, Queue<HttpMethod> methods) {
            super(config);
            this.timer = timer;
            this.methods = methods;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            int before = out.size();
            // Empty lines before a request are no part of it (RFC 9112, 2.2).
            begun |= in.forEachByte(ByteProcessor.FIND_NON_CRLF) >= 0;
            super.decode(context, in, out);
            for (Object message : out.subList(before, out.size())) {
                if (message instanceof HttpRequest request) {
                    methods.add(request.method());
                }
                if (message instanceof LastHttpContent) {
                    begun = false;
                    timer.stop();
                }
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            if (begun) {
                timer.start(context);
            }
            super.channelReadComplete(context);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws Exception {
            timer.stop();
            super.channelInactive(context);
        }
    }

    /** Responses to bytes; the answer to a HEAD request has no body. */
    static final class Encoder extends HttpResponseEncoder {

        private final Queue<HttpMethod> methods;

        private Encoder(Queue<HttpMethod> methods) {
            this.methods = methods;
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpResponse response) {
            return HttpMethod.HEAD.equals(methods.poll()) || super.isContentAlwaysEmpty(response);
        }
    }
}
