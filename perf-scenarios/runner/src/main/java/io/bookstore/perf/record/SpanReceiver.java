package io.bookstore.perf.record;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.otlp.OtlpEndpoint;
import io.bookstore.perf.otlp.OtlpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A receiver of OTLP over HTTP on loopback, for the spans of one run. */
public final class SpanReceiver implements AutoCloseable {

    private final Consumer<CallSpan> calls;
    private final OtlpServer server;
    private volatile SpanReader.@Nullable Sink sink;

    private SpanReceiver(int port, Consumer<CallSpan> calls) throws IOException {
        this.calls = calls;
        this.server = OtlpServer.start(port, OtlpEndpoint.handlers(this::deliver));
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
            return new SpanReceiver(port, calls);
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.CANNOT_START,
                    "Cannot receive spans on port " + port + " (" + e.getMessage()
                            + "): stop the program that uses it, or name another port with --otlp-port.");
        }
    }

    /** The address for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    public String endpoint() {
        return server.endpoint();
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
        server.close();
    }
}
