package io.bookstore.api.summary;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A real redis-server on a free port that can be killed, frozen and started again; a test is skipped without one. */
final class RedisServer implements AutoCloseable {

    private final int port;
    private @Nullable Process process;

    private RedisServer(int port) {
        this.port = port;
    }

    static RedisServer startOrSkip() {
        assumeTrue(isInstalled(), "skipped: there is no redis-server on the PATH");
        try (ServerSocket free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            RedisServer server = new RedisServer(port);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        process = run(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no");
        await().ignoreException(RedisException.class).until(() -> "PONG".equals(ask(RedisCommands::ping)));
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** What a client of its own is answered. */
    <T> T ask(Function<RedisCommands<String, String>, T> question) {
        RedisClient client = RedisClient.create(uri());
        try (client;
                StatefulRedisConnection<String, String> connection = client.connect()) {
            return question.apply(connection.sync());
        }
    }

    /** It keeps its connections and answers nothing. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    private void signal(String name) {
        if (process != null) {
            run("kill", "-" + name, Long.toString(process.pid())).onExit().join();
        }
    }

    private static boolean isInstalled() {
        try {
            return new ProcessBuilder("redis-server", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process run(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
