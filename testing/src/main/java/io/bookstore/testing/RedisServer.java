package io.bookstore.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A real redis-server on a free port, with nothing on disk, that can be killed, frozen and started again. */
public final class RedisServer implements AutoCloseable {

    private static final String NAME = "redis-server";
    private static final int PORTS_TO_TRY = 10;

    private final int port;
    private ChildProcess process;

    private RedisServer(int port, ChildProcess process) {
        this.port = port;
        this.process = process;
    }

    /** Starts one; empty if there is none on the PATH. */
    public static Optional<RedisServer> start() {
        return Program.find(NAME).map(RedisServer::start);
    }

    /** Starts one; the calling test is skipped, saying so, if there is none on the PATH. */
    public static RedisServer startOrSkip() {
        return start(Program.orSkip(NAME, NAME));
    }

    private static RedisServer start(Program program) {
        for (int attempt = 1; attempt <= PORTS_TO_TRY; attempt++) {
            int port = FreePort.find();
            RedisServer server = new RedisServer(port, process(program, port));
            if (server.listens()) {
                return server;
            }
        }
        throw new IllegalStateException(program.path() + " found each of " + PORTS_TO_TRY + " free ports taken");
    }

    /** Starts it again after {@link #kill}, at its port and with no data. */
    public void restart() {
        process = process(Program.find(NAME).orElseThrow(), port);
        if (!listens()) {
            throw new IllegalStateException("port " + port + " is no longer free: " + process.endOfLog());
        }
    }

    private static ChildProcess process(Program program, int port) {
        try {
            Path log = Files.createTempFile("redis", ".log");
            log.toFile().deleteOnExit();
            return program.command(
                            "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
                    .start(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until this process answers at the port, and not another one; false if it ends instead. */
    private boolean listens() {
        String itself = "process_id:" + process.handle().pid();
        await().ignoreExceptions()
                .until(() -> !process.handle().isAlive()
                        || ask("INFO server").lines().anyMatch(itself::equals));
        return process.handle().isAlive();
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Returns the number of keys that match a pattern, such as {@code summary:*}. */
    public int keys(String pattern) {
        return Integer.parseInt(
                ask("KEYS " + pattern).lines().findFirst().orElseThrow().substring(1));
    }

    /** Keeps its connections and answers nothing until {@link #thaw}. */
    public void freeze() {
        process.signal("STOP");
    }

    public void thaw() {
        process.signal("CONT");
    }

    public void kill() {
        process.kill();
    }

    private String ask(String command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Math.toIntExact(WaitLimit.LIMIT.toMillis()));
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
