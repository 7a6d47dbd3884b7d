package io.bookstore.perf.stack;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine. */
public final class Ports {

    private static final int HIGHEST = 65_535;

    // Below 32768, where Linux begins to hand out ports to programs that ask for any; other systems begin higher.
    private static final int FIRST_DRAWN = 20_000;
    private static final int LAST_DRAWN = 32_000;
    private static final int DRAWS = 1_000;

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

    /**
     * Draws a free port for a program that is told its port and listens there only after a while. The system gives it to
     * nobody meanwhile: what another program answers there would be taken for the answer of the one that is starting.
     *
     * @throws PerfException if none is free
     */
    static int draw() {
        for (int i = 0; i < DRAWS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_DRAWN, LAST_DRAWN);
            if (free(port)) {
                return port;
            }
        }
        throw new PerfException(
                ExitCode.CANNOT_START,
                "None of " + DRAWS + " ports drawn between " + FIRST_DRAWN + " and " + LAST_DRAWN
                        + " is free: end the programs that use them, or name a free port with --port.");
    }
}
