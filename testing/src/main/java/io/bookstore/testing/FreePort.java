package io.bookstore.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A port for a server that must be told its port before it starts. */
public final class FreePort {

    // Below 32768, where Linux begins to hand out ports to programs that ask for any.
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private static final Set<Integer> handedOut = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * Returns a port that is free now, and that neither this method nor the system gives to any other program soon.
     *
     * <p>Another JVM may have drawn the same number, so a server that finds its port taken is started on another one.
     */
    public static int find() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (!handedOut.contains(port) && isFree(port) && handedOut.add(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
