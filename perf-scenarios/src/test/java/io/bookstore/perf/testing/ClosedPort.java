package io.bookstore.perf.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A port of this machine that refuses connections: bound as long as this JVM lives, so that no other program can take it. */
public final class ClosedPort {

    private static final Queue<Socket> bound = new ConcurrentLinkedQueue<>();
    private static final int port = bind(0);

    private ClosedPort() {}

    public static String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Makes the port of a server that has just been closed such a port. */
    public static void keep(int closed) {
        bind(closed);
    }

    // A socket that is bound and does not listen.
    private static int bind(int wanted) {
        try {
            Socket socket = new Socket();
            socket.setReuseAddress(wanted != 0);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            bound.add(socket);
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
