package io.bookstore.perf.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service that answers each POST with the same bytes, and after them closes the connection or says no more. */
public final class WireService implements AutoCloseable {

    private final ServerSocket server;
    private final byte[] answer;
    private final boolean closes;
    private final List<Socket> silent = new CopyOnWriteArrayList<>();

    private WireService(String answer, boolean closes) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.closes = closes;
        Thread accepting = new Thread(this::accept, "wire-service");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Closes the connection after a body in chunks that has no last one. */
    public static WireService breakingOffAfter(String type, String body) {
        return new WireService(chunked(type, body), true);
    }

    /** Keeps the connection open after a body in chunks that has no last one. */
    public static WireService silentAfter(String type, String body) {
        return new WireService(chunked(type, body), false);
    }

    private static String chunked(String type, String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n"
                .formatted(type, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException closed) {
                // The next client gets an answer as well; after close() there is none.
            }
        }
    }

    private void serve(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        String head = head(in);
        if (!head.startsWith("POST")) {
            write(
                    client,
                    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            client.close();
            return;
        }
        in.readNBytes(Integer.parseInt(head.replaceFirst("(?is).*\r\nContent-Length: *(\\d+).*", "$1")));
        write(client, answer);
        if (closes) {
            client.close();
        } else {
            silent.add(client);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the request has no end");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void write(Socket client, byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
        client.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket client : silent) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
