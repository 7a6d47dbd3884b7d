package io.bookstore.simulator.proxy;

import io.bookstore.simulator.http.ConnectionLimits;
import io.bookstore.simulator.http.HttpServer.CannotListenException;
import io.bookstore.simulator.http.ListeningSocket;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.net.URI;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A proxy before one upstream, which is asked over HTTP/1.1: answers pass on as they come, and a listener hears of each
 * exchange. Thread-safe.
 */
public final class ProxyServer implements AutoCloseable {

    private final ListeningSocket socket;

    private ProxyServer(ListeningSocket socket) {
        this.socket = socket;
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
            return start(host, port, upstream, ssl, listener, RecordingMemory.ofHeap());
        } catch (SSLException e) {
            throw new IllegalStateException("This JVM has no TLS", e);
        }
    }

    /** @param ssl null for an upstream without TLS */
    static ProxyServer start(
            String host,
            int port,
            URI address,
            @Nullable SslContext ssl,
            ProxyListener listener,
            RecordingMemory memory) {
        Upstream upstream = Upstream.of(address, ssl);
        ConnectionLimits limits = ConnectionLimits.withBodyBytes(Integer.MAX_VALUE);
        return new ProxyServer(ListeningSocket.open(
                "proxy",
                host,
                port,
                limits,
                pipeline ->
                        pipeline.addLast(new ProxyBodies()).addLast(new ProxyConnection(upstream, listener, memory))));
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
}
