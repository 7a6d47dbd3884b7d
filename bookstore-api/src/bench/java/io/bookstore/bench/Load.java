package io.bookstore.bench;

import io.netty.bootstrap.Bootstrap;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Connections that ask the same again, at once or after a pause, until the time is up; one thread for all. First requests
 * can be spread over a time: people who begin in the same instant go on asking in bursts.
 */
final class Load {

    private final HttpMethod method;
    private final String path;
    private final Shape shape;
    // Written by the one thread of the loop, read after it has ended.
    private long[] latencies = new long[1 << 16];
    private int answered;
    private int failed;
    private String lastFailure = "no connection";
    private long until;

    private Load(HttpMethod method, String path, Shape shape) {
        this.method = method;
        this.path = path;
        this.shape = shape;
    }

    /**
     * The clients that ask.
     *
     * @param spread how long it takes until every connection has asked for the first time
     * @param pause between an answer and the next request of its connection
     */
    record Shape(int connections, Duration spread, Duration pause) {

        /** All of them in the same instant, and again as soon as they have their answer. */
        static Shape atOnce(int connections) {
            return new Shape(connections, Duration.ZERO, Duration.ZERO);
        }
    }

    /** The result of a load. */
    record Result(double perSecond, double p50Ms, double p99Ms) {}

    /** @throws IllegalStateException if one answer is not 200 */
    static Result run(URI server, String method, String path, Shape shape, Duration time) throws InterruptedException {
        return new Load(HttpMethod.valueOf(method), path, shape).run(server, time);
    }

    private Result run(URI server, Duration time) throws InterruptedException {
        int connections = shape.connections();
        CountDownLatch open = new CountDownLatch(connections);
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpClientCodec()).addLast(new Asker(open));
                    }
                });
        until = System.nanoTime() + time.toNanos();
        for (int i = 0; i < connections; i++) {
            long delay = shape.spread().toNanos() * i / connections;
            loop.schedule(() -> connect(bootstrap, server, open), delay, TimeUnit.NANOSECONDS);
        }
        boolean ended = open.await(time.toSeconds() + 60, TimeUnit.SECONDS);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        if (failed > 0 || !ended) {
            throw new IllegalStateException(
                    failed + " requests of " + path + " failed (" + lastFailure + "), " + answered + " were answered");
        }
        long[] sorted = Arrays.copyOf(latencies, answered);
        Arrays.sort(sorted);
        return new Result(
                answered / (time.toNanos() / 1e9), sorted[answered / 2] / 1e6, sorted[answered * 99 / 100] / 1e6);
    }

    private void connect(Bootstrap bootstrap, URI server, CountDownLatch open) {
        bootstrap.connect(server.getHost(), server.getPort()).addListener(connected -> {
            if (!connected.isSuccess()) {
                failed++;
                open.countDown();
            }
        });
    }

    private final class Asker extends SimpleChannelInboundHandler<HttpObject> {

        private final CountDownLatch open;
        private long asked;

        private Asker(CountDownLatch open) {
            this.open = open;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            ask(context);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            open.countDown();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse response && response.status().code() != 200) {
                failed++;
                lastFailure = response.status().toString();
            }
            if (message instanceof LastHttpContent) {
                note(System.nanoTime() - asked);
                if (System.nanoTime() >= until) {
                    context.close();
                } else if (shape.pause().isZero()) {
                    ask(context);
                } else {
                    context.executor()
                            .schedule(() -> ask(context), shape.pause().toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        }

        private void note(long nanos) {
            if (answered == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * answered);
            }
            latencies[answered++] = nanos;
        }

        private void ask(ChannelHandlerContext context) {
            DefaultFullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path);
            request.headers().set(HttpHeaderNames.HOST, "localhost").set(HttpHeaderNames.CONTENT_LENGTH, 0);
            asked = System.nanoTime();
            context.writeAndFlush(request, context.voidPromise());
        }
    }
}
