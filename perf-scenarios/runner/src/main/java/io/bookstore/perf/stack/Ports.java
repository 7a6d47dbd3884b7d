package io.bookstore.perf.stack;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine. */
public final class Ports {

    private static final int HIGHEST = 65_535;

    private Ports() {}

    /** @throws PerfException if that is no port; {@code source} names where it was given */
    public static int checked(int port, String source) {
        if (port < 0 || port > HIGHEST) {
            throw new PerfException(
                    ExitCode.USAGE, source + " must be a port, 0 to " + HIGHEST + ", was " + port + ".");
        }
        return port;
    }

    /** Returns whether a server could listen there on every address; 0 always can. */
    public static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
