package io.bookstore.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * The bytes that came over a socket, and the way that ended, as text that shows every byte.
 *
 * <p>Printable ASCII and line feeds stand for themselves, {@code \r} and {@code \xNN} for the rest; a backslash at the end
 * of a line is no byte. The last line says how it ended.
 */
record Recording(byte[] bytes, String end) {

    /** @param atMost bytes after which the client leaves */
    static Recording of(RawHttp http, byte[] request, int atMost) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (Socket socket = http.open()) {
            socket.getOutputStream().write(request);
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1 << 16];
            while (received.size() < atMost) {
                int read = in.read(buffer, 0, Math.min(buffer.length, atMost - received.size()));
                if (read < 0) {
                    return new Recording(received.toByteArray(), "<end of stream>");
                }
                received.write(buffer, 0, read);
            }
            return new Recording(received.toByteArray(), "<client left after " + atMost + " bytes>");
        } catch (SocketException reset) {
            return new Recording(received.toByteArray(), "<connection reset>");
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            int c = b & 0xff;
            if (c == '\r') {
                text.append("\\r");
            } else if (c == '\\') {
                text.append("\\\\");
            } else if (c == '\n' || c >= ' ' && c < 0x7f) {
                text.append((char) c);
            } else {
                text.append(String.format("\\x%02x", c));
            }
        }
        boolean ended = bytes.length == 0 || bytes[bytes.length - 1] == '\n';
        return text.append(ended ? "" : "\\\n").append(end).append('\n').toString();
    }
}
