package io.bookstore.simulator.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Connections that ask the same again as soon as they are answered, until the time is up; one thread for all. */
final class Load {

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    long answered() {
        return answered.get();
    }

    long failed() {
        return failed.get();
    }

    /** Returns when the last answer has come; every connection asks at least once. */
    void run(URI server, int connections, long rampSeconds, long seconds, String path, String body)
            throws InterruptedException {
        CountDownLatch open = new CountDownLatch(connections);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpClientCodec()).addLast(new Asker(path, body, until, open));
                    }
                });
        for (int i = 0; i < connections; i++) {
            // Evenly over the ramp: a burst of handshakes would be what is measured.
            long delay = TimeUnit.SECONDS.toMicros(rampSeconds) * i / connections;
            loop.schedule(() -> connect(bootstrap, server, open), delay, TimeUnit.MICROSECONDS);
        }
        if (!open.await(seconds + 120, TimeUnit.SECONDS)) {
            failed.addAndGet(open.getCount());
        }
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private void connect(Bootstrap bootstrap, URI server, CountDownLatch open) {
        bootstrap.connect(server.getHost(), server.getPort()).addListener(connected -> {
            if (!connected.isSuccess()) {
                failed.incrementAndGet();
                open.countDown();
            }
        });
    }

    private final class Asker extends SimpleChannelInboundHandler<HttpObject> {

        private final String path;
        private final byte[] body;
        private final long until;
        private final CountDownLatch open;
        private boolean waiting;

        private Asker(String path, String body, long until, CountDownLatch open) {
            this.path = path;
            this.body = body.getBytes(StandardCharsets.UTF_8);
            this.until = until;
            this.open = open;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            ask(context);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (waiting) {
                failed.incrementAndGet();
            }
            open.countDown();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse response && response.status().code() != 200) {
                failed.incrementAndGet();
            }
            if (message instanceof LastHttpContent) {
                answered.incrementAndGet();
                waiting = false;
                if (System.nanoTime() < until) {
                    ask(context);
                } else {
                    context.close();
                }
            }
        }

        private void ask(ChannelHandlerContext context) {
            waiting = true;
            DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.POST, path, Unpooled.wrappedBuffer(body));
            request.headers()
                    .set(HttpHeaderNames.AUTHORIZATION, "Bearer any")
                    .set(HttpHeaderNames.HOST, "localhost")
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
            context.writeAndFlush(request, context.voidPromise());
        }
    }
}
