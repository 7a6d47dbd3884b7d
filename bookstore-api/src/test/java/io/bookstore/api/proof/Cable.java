package io.bookstore.api.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TCP connection to a server of this machine that can be cut, blocked, or lose the answers. */
final class Cable implements AutoCloseable {

    private enum State {
        WHOLE,
        /** Each connection is reset, old and new. */
        CUT,
        /** Passes nothing in either direction, and closes nothing. */
        BLOCKED,
        /** Requests reach the server; its answer is dropped, and the connection is reset. */
        DEAF
    }

    private final ServerSocket entrance;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cable");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private State state = State.WHOLE;

    private Cable(ServerSocket entrance, int target) {
        this.entrance = entrance;
        this.target = target;
        threads.execute(this::accept);
    }

    static Cable to(int port) {
        try {
            return new Cable(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** The number of connections that are open now. */
    int connections() {
        return ends.size() / 2;
    }

    void cut() {
        become(State.CUT);
        ends.forEach(Cable::reset);
    }

    void block() {
        become(State.BLOCKED);
    }

    void loseAnswers() {
        become(State.DEAF);
    }

    void mend() {
        become(State.WHOLE);
    }

    private synchronized void become(State next) {
        state = next;
        notifyAll();
    }

    private synchronized State awaitPassage() throws InterruptedException {
        while (state == State.BLOCKED) {
            wait();
        }
        return state;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                client.setTcpNoDelay(true);
                threads.execute(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            if (awaitPassage() == State.CUT) {
                reset(client);
                return;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            server.setTcpNoDelay(true);
            ends.add(client);
            ends.add(server);
            threads.execute(() -> pump(client, server, false));
            threads.execute(() -> pump(server, client, true));
        } catch (IOException nobodyThere) {
            reset(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                State now = awaitPassage();
                if (now == State.CUT || now == State.DEAF && answers) {
                    reset(from);
                    reset(to);
                    return;
                }
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException closed) {
            // One side is gone, so the other goes too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            // Without lingering a close is a reset.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException alreadyClosed) {
            // That is what was wanted.
        }
    }

    @Override
    public void close() {
        cut();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
