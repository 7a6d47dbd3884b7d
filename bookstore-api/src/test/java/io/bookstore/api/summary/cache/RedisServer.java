package io.bookstore.api.summary.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A real redis-server on a free port that can be killed, frozen and started again; a test is skipped without one. */
final class RedisServer implements AutoCloseable {

    /** Below the ports that an operating system gives to programs that ask for any. */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 30_000;

    private final int port;
    private @Nullable Process process;

    private RedisServer(int port) {
        this.port = port;
    }

    static RedisServer startOrSkip() {
        assumeTrue(isInstalled(), "skipped: there is no redis-server on the PATH");
        while (true) {
            RedisServer server = new RedisServer(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT));
            if (server.startIfThePortIsFree()) {
                return server;
            }
        }
    }

    /** Starts it again at its port. */
    void start() {
        assertThat(startIfThePortIsFree()).as("port %d is still free", port).isTrue();
    }

    private boolean startIfThePortIsFree() {
        Process started = run(
                "redis-server",
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no");
        process = started;
        // Another program at the port would answer for this one, which then ends. A refused connection is a subclass.
        await().ignoreExceptionsInstanceOf(RedisException.class)
                .until(() -> !started.isAlive()
                        || ask(commands -> commands.info("server")).contains("process_id:" + started.pid() + "\r"));
        return started.isAlive();
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** Returns the answer that a client of its own gets. */
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
