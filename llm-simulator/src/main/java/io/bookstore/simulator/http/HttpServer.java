package io.bookstore.simulator.http;

import io.bookstore.simulator.admin.AdminApi;
import io.bookstore.simulator.simulation.PriorAnswers;
import io.bookstore.simulator.simulation.Simulation;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContentDecompressor;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** The listening socket of a simulation, and the threads that serve its connections. Thread-safe. */
public final class HttpServer implements AutoCloseable {

    private final ListeningSocket socket;

    private HttpServer(ListeningSocket socket) {
        this.socket = socket;
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
        return new HttpServer(
                ListeningSocket.open("simulator", host, port, limits, answering(router, admin, bodies, limits)));
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
        return socket.address();
    }

    /** Waits until {@link #close} is called. */
    public void awaitClose() throws InterruptedException {
        socket.awaitClose();
    }

    /** Frees the port, cuts the streams under way and ends all threads. */
    @Override
    public void close() {
        socket.close();
    }

    /** The failure to listen, for the reason that its cause gives. */
    public static final class CannotListenException extends RuntimeException {

        CannotListenException(Throwable cause) {
            super(cause);
        }
    }
}
