package io.bookstore.perf.record;

import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.otlp.OtlpEndpoint;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A receiver of OTLP over HTTP on loopback, for the spans of one run. */
public final class SpanReceiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;
    private final Consumer<CallSpan> calls;
    private volatile SpanReader.@Nullable Sink sink;

    private SpanReceiver(HttpServer server, ExecutorService threads, Consumer<CallSpan> calls) {
        this.server = server;
        this.threads = threads;
        this.calls = calls;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @throws PerfException if the port is taken
     */
    public static SpanReceiver start(int port) {
        return start(port, call -> {});
    }

    /**
     * The same with a look at the spans themselves.
     *
     * @param calls gets each span of a call to a model, on the threads of this receiver
     * @throws PerfException if the port is taken
     */
    public static SpanReceiver start(int port, Consumer<CallSpan> calls) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
                Thread thread = new Thread(work, "otlp-receiver");
                thread.setDaemon(true);
                return thread;
            });
            SpanReceiver receiver = new SpanReceiver(server, threads, calls);
            server.setExecutor(threads);
            OtlpEndpoint.handlers(receiver::deliver).forEach(server::createContext);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.CANNOT_START,
                    "Cannot receive spans on port " + port + " (" + e.getMessage()
                            + "): stop the program that uses it, or name another port with --otlp-port.");
        }
    }

    /** The address for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Hands the spans from now on to a join; those before are of the start of the service. */
    void deliverTo(SpanReader.Sink wanted) {
        sink = wanted;
    }

    private void deliver(ExportTraceServiceRequest export) {
        SpanReader.Sink wanted = sink;
        if (wanted != null) {
            SpanReader.read(export, wanted);
            CallSpan.read(export, calls);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
