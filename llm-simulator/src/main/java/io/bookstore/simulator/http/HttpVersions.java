package io.bookstore.simulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;
import java.util.function.Supplier;

/**
 * Speaks HTTP/2 with a client that begins with its preface, as AWS's asynchronous client does without asking, and HTTP/1.1
 * with all others. A stream of HTTP/2 is to the rest of the simulator a connection with one request.
 */
final class HttpVersions extends ByteToMessageDecoder {

    /** Longest request line, in bytes; what is common among servers. */
    static final int MAX_LINE = 8_192;

    /** All headers of a request together, in bytes. */
    static final int MAX_HEADERS = 65_536;

    private final int maxBodyBytes;
    private final Supplier<ConnectionHandler> answering;

    /** @param answering gives a handler for each connection or stream */
    HttpVersions(int maxBodyBytes, Supplier<ConnectionHandler> answering) {
        this.maxBodyBytes = maxBodyBytes;
        this.answering = answering;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        int comparable = Math.min(in.readableBytes(), preface.readableBytes());
        boolean differs = !ByteBufUtil.equals(in, in.readerIndex(), preface, preface.readerIndex(), comparable);
        if (differs) {
            context.pipeline()
                    .addLast(new HttpServerCodec(new HttpDecoderConfig()
                            .setMaxInitialLineLength(MAX_LINE)
                            .setMaxHeaderSize(MAX_HEADERS)));
            answer(context.pipeline());
        } else if (comparable == preface.readableBytes()) {
            context.pipeline()
                    .addLast(Http2FrameCodecBuilder.forServer().build())
                    .addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel stream) {
                            stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                            answer(stream.pipeline());
                        }
                    }));
        } else {
            return;
        }
        context.pipeline().remove(this);
    }

    private void answer(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpContentDecompressor(0))
                .addLast(new BoundedAggregator(maxBodyBytes))
                .addLast(answering.get());
    }
}
