package io.bookstore.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of the loopback address that refuses connections.
 *
 * <p>The port is bound and never listens, so no other program can take it before {@link #close}. A port that is looked up,
 * closed and then used as one where nobody listens may belong to another test by then.
 */
public final class ClosedPort implements AutoCloseable {

    private final Socket bound = new Socket();

    /** A port that the system chooses. */
    public ClosedPort() {
        this(0);
    }

    /** The port of a server that has just been closed. */
    public ClosedPort(int port) {
        try {
            bound.setReuseAddress(port != 0);
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be bound", e);
        }
    }

    /** The number of the port. */
    public int number() {
        return bound.getLocalPort();
    }

    /** An HTTP address at the port, without a path. */
    public String url() {
        return "http://127.0.0.1:" + number();
    }

    @Override
    public void close() {
        try {
            bound.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
