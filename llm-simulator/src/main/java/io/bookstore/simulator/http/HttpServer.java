package io.bookstore.simulator.http;

import io.bookstore.simulator.admin.AdminApi;
import io.bookstore.simulator.simulation.PriorAnswers;
import io.bookstore.simulator.simulation.Simulation;
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
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The listening socket of a simulation, and the threads that serve its connections. Thread-safe. */
public final class HttpServer implements AutoCloseable {

    private static final int BACKLOG = 4_096;

    private final EventLoopGroup loops;
    private final Channel listening;

    private HttpServer(EventLoopGroup loops, Channel listening) {
        this.loops = loops;
        this.listening = listening;
    }

    /**
     * Starts listening and returns once requests will be answered.
     *
     * @param maxBodyBytes longest request body, where the provider has no smaller limit
     * @throws CannotListenException if host and port cannot be listened on
     */
    public static HttpServer start(String host, int port, int maxBodyBytes, Simulation simulation) {
        return start(host, port, ConnectionLimits.withBodyBytes(maxBodyBytes), simulation, PriorAnswers.NONE);
    }

    /**
     * Starts listening with answers that go before those of the simulation.
     *
     * @throws CannotListenException if host and port cannot be listened on
     */
    public static HttpServer start(String host, int port, Simulation simulation, PriorAnswers prior) {
        return start(host, port, ConnectionLimits.withBodyBytes(Integer.MAX_VALUE), simulation, prior);
    }

    static HttpServer start(String host, int port, ConnectionLimits limits, Simulation simulation) {
        return start(host, port, limits, simulation, PriorAnswers.NONE);
    }

    private static HttpServer start(
            String host, int port, ConnectionLimits limits, Simulation simulation, PriorAnswers prior) {
        Router router = new Router(simulation, prior);
        AdminApi admin = new AdminApi(simulation);
        BodyLimits bodies = new BodyLimits(router, limits);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Runtime.getRuntime().availableProcessors(),
                new DefaultThreadFactory("simulator", true),
                NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpVersions(limits, answering(router, admin, bodies, limits)));
                    }
                })
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new CannotListenException(bound.cause());
        }
        return new HttpServer(loops, bound.channel());
    }

    /** Adds the handlers that answer the requests of a connection or stream. */
    static Consumer<ChannelPipeline> answering(
            Router router, AdminApi admin, BodyLimits bodies, ConnectionLimits limits) {
        return pipeline -> pipeline.addLast(new HttpContentDecompressor(0))
                .addLast(new BodyCollector(bodies))
                .addLast(new ConnectionHandler(router, admin, limits));
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

    /** The failure to listen, for the reason that its cause gives. */
    public static final class CannotListenException extends RuntimeException {

        public CannotListenException(Throwable cause) {
            super(cause);
        }
    }
}
