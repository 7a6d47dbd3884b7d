package io.bookstore.dashboards;

import io.bookstore.testing.LogTail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A server in a process of its own, on a port of its own; closed, it is gone. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int PORTS_TO_TRY = 5;

    // Below 32768, where Linux begins to hand out ports to whoever asks for any.
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private static final Pattern PORT_TAKEN = Pattern.compile("address already in use|port.{0,60}already in use");
    private static final Set<Integer> handedOut = ConcurrentHashMap.newKeySet();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final URI ready;

    private ChildProcess(Process process, Path log, URI ready) {
        this.process = process;
        this.log = log;
        this.ready = ready;
    }

    /**
     * The start of a server.
     *
     * @param ready answers 200 as soon as the server is ready
     */
    public record Launch(List<String> command, Map<String, String> environment, URI ready) {}

    /**
     * Starts the command and waits until {@code ready} answers 200.
     *
     * @throws IllegalStateException with the end of the log if the process ends or is not ready within two minutes
     */
    public static ChildProcess start(List<String> command, Map<String, String> environment, Path log, URI ready) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            ChildProcess child = new ChildProcess(builder.start(), log, ready);
            child.awaitReady();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + command, e);
        }
    }

    /**
     * Starts a server on a free port, and on another one if that was taken before the server could listen on it.
     *
     * @param onPort the launch for a port
     */
    public static ChildProcess startOnFreePort(IntFunction<Launch> onPort, Path log) {
        for (int attempt = 1; ; attempt++) {
            Launch launch = onPort.apply(freePort());
            try {
                return start(launch.command(), launch.environment(), log, launch.ready());
            } catch (IllegalStateException e) {
                String said = readLog(log).toLowerCase(Locale.ROOT);
                if (attempt == PORTS_TO_TRY || !PORT_TAKEN.matcher(said).find()) {
                    throw e;
                }
            }
        }
    }

    /** A port that nobody listens on now, and that neither this method nor the system gives to anybody else soon. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
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

    /** The address of the server, without a path. */
    public URI baseUrl() {
        return ready.resolve("/");
    }

    private void awaitReady() {
        try {
            Awaitility.await("an answer of " + ready)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .failFast("the process has ended", () -> !process.isAlive())
                    .ignoreExceptions()
                    .until(() -> status(ready) == 200 && process.isAlive());
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("not ready: " + ready + "\n" + endOfLog(), e);
        }
    }

    /** The status of an answer; 0 if the process ends first, for whoever took its port may never answer. */
    private int status(URI uri) throws ExecutionException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
        CompletableFuture.anyOf(answer, process.onExit()).get();
        return answer.isDone() ? answer.get().statusCode() : 0;
    }

    /** The last lines of the log, for the message of a failure. */
    public String endOfLog() {
        String state = process.isAlive() ? "is running" : "ended with exit code " + process.exitValue();
        return "the process " + state + "; " + LogTail.of(log);
    }

    private static String readLog(Path log) {
        try {
            // A log may be cut in the middle of a character.
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Ends the process and its own children, by force if it does not end within twenty seconds. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
