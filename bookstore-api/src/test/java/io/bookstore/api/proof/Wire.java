package io.bookstore.api.proof;

import io.bookstore.testing.WaitLimit;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A connection over which anything can be sent, also what no client library would send. */
final class Wire implements AutoCloseable {

    private static final int MOST_BEATS = 240;

    private final Socket socket;

    Wire(URI server) throws IOException {
        this(server, new Socket());
    }

    /** @param unconnected its options are those of the connection */
    Wire(URI server, Socket unconnected) throws IOException {
        socket = unconnected;
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(WaitLimit.LIMIT.toMillis()));
    }

    /** Sends one request and reads its answer. */
    static Answer ask(URI server, String head, byte[] body) throws IOException {
        try (Wire wire = new Wire(server)) {
            wire.send(head.replace("\n", "\r\n") + "\r\n");
            wire.send(body);
            return wire.read();
        }
    }

    static Answer ask(URI server, String head) throws IOException {
        return ask(server, head, new byte[0]);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException closedByServer) {
            // It need not read what it has already refused; its answer is what counts.
        }
    }

    /** Sends one byte, which the server need not want any more. */
    void drip() {
        try {
            send("x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one answer. */
    Answer read() throws IOException {
        InputStream in = socket.getInputStream();
        String[] status = line(in).split(" ", 3);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = headers.containsKey("content-length")
                ? in.readNBytes(Integer.parseInt(headers.get("content-length")))
                : "chunked".equals(headers.get("transfer-encoding")) ? chunks(in) : new byte[0];
        return new Answer(Integer.parseInt(status[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection ended after \"" + line + "\"");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    /** Reads until that text has come. */
    void awaitText(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException("The connection ended after \"" + read + "\"");
            }
            read.append((char) next);
        }
    }

    /** Returns when the server has closed the connection, whatever it says before that. */
    String readToEnd() throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException reset) {
            return "";
        }
    }

    /** Sends a byte a beat until the server has closed the connection. */
    void dripUntilClosed(long millisecondsABeat) throws IOException {
        socket.setSoTimeout(Math.toIntExact(millisecondsABeat));
        for (int beat = 0; beat < MOST_BEATS; beat++) {
            try {
                socket.getOutputStream().write('x');
                if (socket.getInputStream().read() < 0) {
                    return;
                }
            } catch (SocketTimeoutException stillOpen) {
                // Nothing came; that was the beat.
            } catch (SocketException reset) {
                return;
            }
        }
        throw new IOException("The connection is still open after " + MOST_BEATS + " bytes");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
