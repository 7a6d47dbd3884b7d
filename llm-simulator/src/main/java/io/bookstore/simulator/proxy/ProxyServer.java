package io.bookstore.simulator.proxy;

import io.bookstore.simulator.http.ConnectionLimits;
import io.bookstore.simulator.http.HttpServer.CannotListenException;
import io.bookstore.simulator.http.HttpVersions;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A proxy before one upstream, which is asked over HTTP/1.1: answers pass on as they come, and a listener hears of each
 * exchange. Thread-safe.
 */
public final class ProxyServer implements AutoCloseable {

    private static final int BACKLOG = 4_096;

    private final EventLoopGroup loops;
    private final Channel listening;

    private ProxyServer(EventLoopGroup loops, Channel listening) {
        this.loops = loops;
        this.listening = listening;
    }

    /**
     * Starts listening and returns once requests will be passed on.
     *
     * @param upstream http or https, with a path that goes before the path of each request
     * @throws CannotListenException    if host and port cannot be listened on
     * @throws IllegalArgumentException if the upstream is no such address
     */
    public static ProxyServer start(String host, int port, URI upstream, ProxyListener listener) {
        try {
            SslContext ssl = "https".equals(upstream.getScheme())
                    ? SslContextBuilder.forClient().build()
                    : null;
            return start(host, port, upstream, ssl, listener);
        } catch (SSLException e) {
            throw new IllegalStateException("This JVM has no TLS", e);
        }
    }

    /** @param ssl null for an upstream without TLS */
    static ProxyServer start(String host, int port, URI address, @Nullable SslContext ssl, ProxyListener listener) {
        Upstream upstream = Upstream.of(address, ssl);
        ConnectionLimits limits = ConnectionLimits.withBodyBytes(Integer.MAX_VALUE);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("proxy", true),
                NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpVersions(
                                        limits,
                                        pipeline -> pipeline.addLast(new ProxyBodies())
                                                .addLast(new ProxyConnection(upstream, listener))));
                    }
                })
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new CannotListenException(bound.cause());
        }
        return new ProxyServer(loops, bound.channel());
    }

    /** The address that is listened on. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** Waits until {@link #close} is called. */
    public void awaitClose() throws InterruptedException {
        listening.closeFuture().sync();
    }

    /** Frees the port, cuts the streams under way and ends all threads. */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
