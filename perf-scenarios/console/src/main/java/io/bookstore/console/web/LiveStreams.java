package io.bookstore.console.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/** The streams of server-sent events that are open, of all kinds together. */
final class LiveStreams {

    /** Each takes a thread; a browser opens one for each tab. */
    static final int MOST = 16;

    private final Semaphore streams = new Semaphore(MOST);

    /** Writes events until the reader is gone, which an exception tells. */
    @FunctionalInterface
    interface Sender {
        void send(OutputStream body) throws IOException, InterruptedException;
    }

    void open(HttpExchange exchange, Sender sender) throws IOException {
        if (!streams.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "5");
            Answer.problem(exchange, 503, MOST + " pages are live already; close one.");
            return;
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            sender.send(exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.release();
        }
    }

    static void send(OutputStream body, String event, Object value) throws IOException {
        write(body, "event: " + event + "\ndata: " + new String(Answer.json(value), StandardCharsets.UTF_8) + "\n\n");
    }

    /** Shows that the connection lives, and notices a reader that is gone. */
    static void keepAlive(OutputStream body) throws IOException {
        write(body, ":\n\n");
    }

    private static void write(OutputStream body, String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.flush();
    }
}
