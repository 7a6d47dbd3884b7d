package io.bookstore.simulator.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.List;
import java.util.function.Consumer;

/**
 * The choice between HTTP/2, for a client that begins with its preface as AWS's asynchronous client does without asking, and
 * HTTP/1.1 for all others. A stream of HTTP/2 is to the rest of the simulator a connection with one request.
 */
public final class HttpVersions extends ByteToMessageDecoder {

    /** Longest request line, in bytes: a common limit of servers. */
    public static final int MAX_LINE = 8_192;

    /** Longest headers of a request, all together, in bytes. */
    public static final int MAX_HEADERS = 65_536;

    private final ConnectionLimits limits;
    private final Consumer<ChannelPipeline> answering;
    private final RequestTimer timer;

    /** @param answering adds the handlers of each connection or stream */
    HttpVersions(ConnectionLimits limits, Consumer<ChannelPipeline> answering) {
        this.limits = limits;
        this.answering = answering;
        this.timer = RequestTimer.closing(limits.requestTime());
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
        int comparable = Math.min(in.readableBytes(), preface.readableBytes());
        boolean differs = !ByteBufUtil.equals(in, in.readerIndex(), preface, preface.readerIndex(), comparable);
        if (differs) {
            speakHttp1(context.pipeline());
        } else if (comparable == preface.readableBytes()) {
            speakHttp2(context.pipeline());
        } else {
            timer.start(context);
            return;
        }
        context.pipeline().remove(this);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        timer.stop();
    }

    private void speakHttp1(ChannelPipeline pipeline) {
        HttpDecoderConfig config =
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS);
        pipeline.addLast(new Http1Codec(config, RequestTimer.telling(limits.requestTime())));
        answering.accept(pipeline);
    }

    private void speakHttp2(ChannelPipeline pipeline) {
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(limits.streams()))
                .build();
        // Netty holds a client to the setting once it has acknowledged it; one that never does is held to it too.
        codec.connection().remote().maxActiveStreams(limits.streams());
        pipeline.addLast(codec).addLast(new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline()
                        .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                        .addLast(new StreamTimeLimit(RequestTimer.telling(limits.requestTime())));
                answering.accept(stream.pipeline());
            }
        }));
    }
}
