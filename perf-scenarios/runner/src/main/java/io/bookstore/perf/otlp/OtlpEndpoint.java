package io.bookstore.perf.otlp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedOutputStream;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * The paths of OTLP over HTTP: takes exports as protobuf or JSON, compressed with gzip or not. Where spans alone are wanted, metrics and
 * logs are accepted and dropped, so that a service that sends all three does not log failures.
 */
public final class OtlpEndpoint {

    /** The most bytes of an export, unpacked; a batch of 512 spans has some hundred kilobytes. */
    public static final int MOST_BYTES = 16 << 20;

    /** The most exports that are in memory at a time; the others wait, and are sent back if that takes a second. */
    public static final int MOST_EXPORTS = 2;

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    private static final ObjectMapper json = new ObjectMapper();

    private final Semaphore exports = new Semaphore(MOST_EXPORTS);

    private OtlpEndpoint() {}

    /**
     * Returns the handler of each path, for spans alone.
     *
     * @param sink takes each export, on the thread that received it; throws IllegalArgumentException to refuse one
     */
    public static Map<String, HttpHandler> handlers(Consumer<ExportTraceServiceRequest> sink) {
        Map<String, HttpHandler> handlers = handlers(List.of(Signal.spans(sink)));
        handlers.put(Signal.METRICS, OtlpEndpoint::drop);
        handlers.put(Signal.LOGS, OtlpEndpoint::drop);
        return handlers;
    }

    /** Returns the handler of each path, for all signals. */
    public static Map<String, HttpHandler> handlers(OtlpSink sink) {
        return handlers(Signal.all(sink));
    }

    private static Map<String, HttpHandler> handlers(List<Signal<?>> signals) {
        OtlpEndpoint endpoint = new OtlpEndpoint();
        Map<String, HttpHandler> handlers = new HashMap<>();
        signals.forEach(signal -> handlers.put(signal.path(), exchange -> endpoint.receive(exchange, signal)));
        return handlers;
    }

    private void receive(HttpExchange exchange, Signal<?> signal) throws IOException {
        try (exchange) {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
            if (refusedMethod(exchange)) {
                return;
            }
            if (type == null || !(type.startsWith(PROTOBUF) || type.startsWith(JSON))) {
                refuse(exchange, 415, taken(signal, "as " + PROTOBUF + " or " + JSON + ", not as " + type));
            } else if (encoding != null && !encoding.equals("gzip") && !encoding.equals("identity")) {
                refuse(exchange, 415, taken(signal, "with gzip or uncompressed, not with " + encoding));
            } else if (declaredBytes(exchange) > MOST_BYTES) {
                refuseSize(exchange, MOST_BYTES + " bytes, unpacked");
            } else if (acquire()) {
                try {
                    read(exchange, signal, type.startsWith(JSON), "gzip".equals(encoding));
                } finally {
                    exports.release();
                }
            } else {
                exchange.getResponseHeaders().set("Retry-After", "1");
                refuse(exchange, 503, MOST_EXPORTS + " exports are being read; send this one again.");
            }
        }
    }

    private static String taken(Signal<?> signal, String how) {
        String what = signal.what();
        return Character.toUpperCase(what.charAt(0)) + what.substring(1) + " are taken " + how + ".";
    }

    private boolean acquire() {
        try {
            return exports.tryAcquire(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void read(HttpExchange exchange, Signal<?> signal, boolean asJson, boolean zipped)
            throws IOException {
        try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            byte[] bytes = body.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new TooLargeException(MOST_BYTES + " bytes, unpacked");
            }
            signal.take(bytes, asJson);
            accept(exchange);
        } catch (TooLargeException e) {
            refuseSize(exchange, String.valueOf(e.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            refuse(exchange, 400, "The body is no export of " + signal.what() + ": " + e.getMessage());
        }
    }

    private static void drop(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!refusedMethod(exchange)) {
                accept(exchange);
            }
        }
    }

    private static boolean refusedMethod(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            return false;
        }
        exchange.getResponseHeaders().set("Allow", "POST");
        refuse(exchange, 405, "OTLP is sent by POST, not by " + exchange.getRequestMethod() + ".");
        return true;
    }

    private static void refuseSize(HttpExchange exchange, String limit) throws IOException {
        refuse(exchange, 413, "An export has at most " + limit + ".");
    }

    private static long declaredBytes(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        // The server has refused a request whose length is no number.
        return length == null ? 0 : Long.parseLong(length.strip());
    }

    /** An empty message says in protobuf and in JSON that everything was taken. */
    private static void accept(HttpExchange exchange) throws IOException {
        answer(exchange, 200, isJson(exchange) ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0]);
    }

    /** The specification asks for a {@code google.rpc.Status}, from which exporters log the sentence. */
    private static void refuse(HttpExchange exchange, int status, String sentence) throws IOException {
        answer(
                exchange,
                status,
                isJson(exchange) ? json.writeValueAsBytes(Map.of("message", sentence)) : status(sentence));
    }

    private static byte[] status(String sentence) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream message = CodedOutputStream.newInstance(bytes);
        message.writeString(2, sentence);
        message.flush();
        return bytes.toByteArray();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", isJson(exchange) ? JSON : PROTOBUF);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        if (body.length > 0) {
            // From JDK 25 on it would otherwise wait in the server for the rest of a body that nobody reads.
            exchange.getResponseBody().flush();
        }
    }

    private static boolean isJson(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return type != null && type.startsWith(JSON);
    }
}
