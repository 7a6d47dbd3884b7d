package io.bookstore.llm.langchain4j.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers each connection as it is told to, byte by byte; whatever it has not said when the test ends it never says. */
final class MisbehavingServer implements AutoCloseable {

    /** Writes an answer after the request's head and body have arrived. */
    interface Answer {
        void write(OutputStream out, CountDownLatch endOfTest) throws Exception;
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch endOfTest = new CountDownLatch(1);
    private int connected;

    MisbehavingServer(Answer answer) throws IOException {
        Thread thread = new Thread(() -> serve(answer), "misbehaving-server");
        thread.setDaemon(true);
        thread.start();
    }

    static Answer sayAndHang(String head, String body) {
        return (out, endOfTest) -> {
            out.write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            out.flush();
            endOfTest.await();
        };
    }

    static Answer sayAndClose(String head, String body) {
        return (out, endOfTest) -> out.write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1/messages";
    }

    /**
     * Returns once the client has closed its side of every connection. A client whose deadline is short may not have
     * connected at all when a machine is busy; then there is nothing to close.
     */
    synchronized void awaitClientGone() throws InterruptedException {
        while (connected > 0) {
            wait();
        }
    }

    private synchronized void connected(int change) {
        connected += change;
        notifyAll();
    }

    private void serve(Answer answer) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connected(1);
                Thread thread = new Thread(() -> converse(connection, answer), "misbehaving-answer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket connection, Answer answer) {
        AtomicBoolean gone = new AtomicBoolean();
        try (connection) {
            InputStream in = connection.getInputStream();
            skipRequest(in);
            Thread listener = new Thread(() -> awaitEnd(in, gone), "misbehaving-listener");
            listener.setDaemon(true);
            listener.start();
            answer.write(connection.getOutputStream(), endOfTest);
        } catch (Exception clientGoneOrClosed) {
            left(gone);
        }
    }

    private void awaitEnd(InputStream in, AtomicBoolean gone) {
        try {
            while (in.read() >= 0) {
                // Nothing else is expected.
            }
        } catch (IOException reset) {
            // The same to us.
        }
        left(gone);
    }

    /** Counts a connection once, whoever notices its end first. */
    private void left(AtomicBoolean gone) {
        if (gone.compareAndSet(false, true)) {
            connected(-1);
        }
    }

    private static void skipRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the client left before it had asked");
            }
            head.append((char) next);
        }
        String text = head.toString().toLowerCase(java.util.Locale.ROOT);
        int at = text.indexOf("content-length:");
        if (at >= 0) {
            int end = text.indexOf("\r\n", at);
            in.readNBytes(Integer.parseInt(text.substring(at + 15, end).strip()));
        }
    }

    @Override
    public void close() throws IOException {
        endOfTest.countDown();
        socket.close();
    }
}
