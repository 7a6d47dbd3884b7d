package io.bookstore.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** An HTTP server in a process of its own, on a port of its own; closed, it is gone. */
public final class ServerProcess implements AutoCloseable {

    private static final int PORTS_TO_TRY = 5;
    private static final Pattern PORT_TAKEN = Pattern.compile("address already in use|port.{0,60}already in use");

    /** No more servers start at once than there are processors: each start keeps one busy, and its deadline is its own. */
    private static final Semaphore starts = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ChildProcess process;
    private final URI ready;

    private ServerProcess(ChildProcess process, URI ready) {
        this.process = process;
        this.ready = ready;
    }

    /**
     * The start of a server.
     *
     * @param ready answers 200 as soon as the server is ready
     */
    public record Launch(Command command, URI ready) {}

    /**
     * Starts a server on a free port, and on another one if that was taken before the server could listen on it. Waits
     * while as many servers are starting as there are processors.
     *
     * @param onPort the launch for a port
     * @throws IllegalStateException with the end of the log if the process ends or is not ready within four minutes
     */
    public static ServerProcess start(IntFunction<Launch> onPort, Path log) {
        starts.acquireUninterruptibly();
        try {
            return startOnFreePort(onPort, log);
        } finally {
            starts.release();
        }
    }

    private static ServerProcess startOnFreePort(IntFunction<Launch> onPort, Path log) {
        for (int attempt = 1; ; attempt++) {
            Launch launch = onPort.apply(FreePort.find());
            ServerProcess server = new ServerProcess(launch.command().start(log), launch.ready());
            try {
                server.awaitReady();
                return server;
            } catch (IllegalStateException e) {
                String said = server.process.log().toLowerCase(Locale.ROOT);
                if (attempt == PORTS_TO_TRY || !PORT_TAKEN.matcher(said).find()) {
                    throw e;
                }
            }
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
                    .failFast("the process has ended", () -> !process.handle().isAlive())
                    .ignoreExceptions()
                    .until(() -> status(ready) == 200 && process.handle().isAlive());
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException("not ready: " + ready + "\n" + endOfLog(), e);
        }
    }

    /** The status of an answer; 0 if the process ends first, for whoever took its port may never answer. */
    private int status(URI uri) throws ExecutionException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
        CompletableFuture.anyOf(answer, process.handle().onExit()).get();
        return answer.isDone() ? answer.get().statusCode() : 0;
    }

    /** Tells whether it runs, and the last lines of its log, for the message of a failed test. */
    public String endOfLog() {
        return process.endOfLog();
    }

    @Override
    public void close() {
        process.close();
    }
}
