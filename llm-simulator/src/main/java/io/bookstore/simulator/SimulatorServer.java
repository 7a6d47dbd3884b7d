package io.bookstore.simulator;

import io.bookstore.simulator.answer.Tokenizer;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.verdict.ClientVerdicts;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running simulator. Thread-safe; {@link #close} frees the port, cuts what is still streaming and ends all threads. */
public final class SimulatorServer implements AutoCloseable {

    private static final int BACKLOG = 4_096;

    private final Simulation simulation;
    private final EventLoopGroup loops;
    private final Channel listening;

    private SimulatorServer(Simulation simulation, EventLoopGroup loops, Channel listening) {
        this.simulation = simulation;
        this.loops = loops;
        this.listening = listening;
    }

    /**
     * Starts listening and returns once requests will be answered.
     *
     * @throws SimulatorStartException if host and port cannot be listened on
     */
    public static SimulatorServer start(SimulatorConfig config) {
        return start(config, Clock.systemUTC());
    }

    /** @param clock what answers are dated by, and what fills buckets; steps of an answer are timed by the JVM's own */
    static SimulatorServer start(SimulatorConfig config, Clock clock) {
        Tokenizer.load();
        Simulation simulation = new Simulation(config.behaviour(), new Journal(config.journalCapacity()), clock);
        Router router = new Router(simulation);
        AdminApi admin = new AdminApi(simulation);
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
                        channel.pipeline()
                                .addLast(new HttpVersions(
                                        config.maxBodyBytes(),
                                        () -> new ConnectionHandler(router, admin, config.maxBodyBytes())));
                    }
                })
                .bind(config.host(), config.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new SimulatorStartException(config.host(), config.port(), bound.cause());
        }
        return new SimulatorServer(simulation, loops, bound.channel());
    }

    /** Where it listens, without a path: {@code http://127.0.0.1:7005}. */
    public URI baseUrl() {
        InetSocketAddress address = (InetSocketAddress) listening.localAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    /** What it does now. */
    public Behaviour behaviour() {
        return simulation.behaviour();
    }

    /** From the next request on; limits start full, the fault plan starts anew. */
    public void behave(Behaviour behaviour) {
        simulation.behave(behaviour);
    }

    /** As if it had just been started: first behaviour, full buckets, empty journal, request keys never seen. */
    public void reset() {
        simulation.reset();
    }

    /** What it really did. */
    public Journal journal() {
        return simulation.journal();
    }

    /** How the clients behaved, by what the journal still has: one judgement for each provider that was asked. */
    public List<ClientVerdicts> verdicts() {
        return simulation.verdicts();
    }

    /**
     * Says how a call ended for its client, which no server can see: whether it took what it got for a whole answer.
     *
     * @param requestKey what the client sent as {@code x-request-id}
     */
    public void report(String requestKey, boolean believed) {
        simulation.reported(requestKey, believed);
    }

    /** Waits until somebody closes this server. */
    void awaitClose() throws InterruptedException {
        listening.closeFuture().sync();
    }

    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
