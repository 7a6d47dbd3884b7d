package io.bookstore.perf.otlp;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A receiver of OTLP over HTTP on loopback. */
public final class OtlpServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;

    private OtlpServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to listen.
     *
     * @param port     0 for any free one
     * @param handlers those of {@link OtlpEndpoint}
     * @throws IOException if the port is taken
     */
    public static OtlpServer start(int port, Map<String, HttpHandler> handlers) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "otlp-receiver");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        handlers.forEach(server::createContext);
        server.start();
        return new OtlpServer(server, threads);
    }

    /** The address for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Ends the reception. An export that is being read is answered first, for its sender would count it as lost. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
