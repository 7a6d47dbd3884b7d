package io.bookstore.api.proof;

import static org.awaitility.Awaitility.await;

import io.bookstore.testing.WaitLimit;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The redis-server of this machine on a free port, with nothing on disk. */
final class RedisServer implements AutoCloseable {

    private static final int MOST_PORTS = 10;

    private final Process process;
    private final int port;

    private RedisServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; empty if there is none on the PATH. */
    static Optional<RedisServer> start() {
        Optional<Path> program = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
        return program.map(RedisServer::start);
    }

    private static RedisServer start(Path program) {
        for (int attempt = 0; attempt < MOST_PORTS; attempt++) {
            Optional<RedisServer> server = start(program, freePort());
            if (server.isPresent()) {
                return server.get();
            }
        }
        throw new IllegalStateException(program + " found each of " + MOST_PORTS + " free ports taken");
    }

    /** Starts it; empty if another process has taken the port meanwhile. */
    private static Optional<RedisServer> start(Path program, int port) {
        try {
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--port",
                            String.valueOf(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            RedisServer server = new RedisServer(process, port);
            await().ignoreExceptions().until(() -> !process.isAlive() || server.answers());
            return process.isAlive() ? Optional.of(server) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns true if this process answers at the port, and not another one. */
    private boolean answers() throws IOException {
        return ask("INFO server").lines().anyMatch(("process_id:" + process.pid())::equals);
    }

    int port() {
        return port;
    }

    /** The number of keys that it has. */
    int size() throws IOException {
        return Integer.parseInt(ask("DBSIZE").lines().findFirst().orElseThrow().substring(1));
    }

    private String ask(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(Math.toIntExact(WaitLimit.LIMIT.toMillis()));
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
