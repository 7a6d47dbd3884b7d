package io.bookstore.perf.record;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of OTLP over HTTP on loopback: takes spans as protobuf or JSON, compressed with gzip or not.
 * Metrics and logs are accepted and dropped, so that a service that sends all three does not log failures.
 */
public final class SpanReceiver implements AutoCloseable {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    /** A batch of 512 spans has some hundred kilobytes. */
    private static final int MOST_BYTES = 32 << 20;

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
            server.createContext("/v1/traces", receiver::receive);
            server.createContext("/v1/metrics", SpanReceiver::drop);
            server.createContext("/v1/logs", SpanReceiver::drop);
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

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            if (type == null || !(type.startsWith(PROTOBUF) || type.startsWith(JSON))) {
                answer(exchange, 415, "Spans are taken as " + PROTOBUF + " or " + JSON + ", not as " + type + ".");
                return;
            }
            try (InputStream body = body(exchange)) {
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    answer(exchange, 413, "An export has at most " + MOST_BYTES + " bytes.");
                    return;
                }
                ExportTraceServiceRequest export =
                        type.startsWith(JSON) ? JsonExport.read(bytes) : ExportTraceServiceRequest.parseFrom(bytes);
                SpanReader.Sink wanted = sink;
                if (wanted != null) {
                    SpanReader.read(export, wanted);
                    CallSpan.read(export, calls);
                }
                answer(exchange, 200, "");
            } catch (IOException e) {
                answer(exchange, 400, "The body is no export of spans: " + e.getMessage());
            }
        }
    }

    private static void drop(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange, 200, "");
        }
    }

    private static InputStream body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        return zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    }

    /** An empty body is an empty protobuf message: everything was taken; an exporter of JSON reads none. */
    private static void answer(HttpExchange exchange, int status, String sentence) throws IOException {
        byte[] body = sentence.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", status == 200 ? PROTOBUF : "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
