package io.bookstore.simulator.http;

import io.bookstore.simulator.http.HttpServer.CannotListenException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A listening socket, and the threads that serve its connections in HTTP/1.1 and HTTP/2. Thread-safe. */
public final class ListeningSocket implements AutoCloseable {

    private static final int BACKLOG = 4_096;

    private final EventLoopGroup loops;
    private final Channel listening;

    private ListeningSocket(EventLoopGroup loops, Channel listening) {
        this.loops = loops;
        this.listening = listening;
    }

    /**
     * Starts listening.
     *
     * @param threads   the name of its threads
     * @param answering adds the handlers of each connection or stream
     * @throws CannotListenException if host and port cannot be listened on
     */
    public static ListeningSocket open(
            String threads, String host, int port, ConnectionLimits limits, Consumer<ChannelPipeline> answering) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory(threads, true),
                NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpVersions(limits, answering));
                    }
                })
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new CannotListenException(bound.cause());
        }
        return new ListeningSocket(loops, bound.channel());
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
