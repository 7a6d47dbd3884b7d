package io.bookstore.perf.engine.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.NotFoundException;
import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.perf.engine.k6.K6CommandLine;
import io.bookstore.perf.engine.k6.K6Inspection;
import io.bookstore.perf.engine.k6.K6Log;
import io.bookstore.perf.metrics.SampleFeed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.output.OutputFrame;

/** A container from its start to the moment when its files are here; works on a thread of its own. */
final class ContainerRun implements EngineRun {

    private static final long LOOK_MILLIS = 500;
    // As much as one look takes over: enough for the samples of half a busy second.
    private static final int CHUNK_BYTES = 8 * 1024 * 1024;
    // Causes may go in a circle; real chains are shorter by far.
    private static final int MAX_CAUSES = 20;
    private static final String SAMPLES = K6FolderContainer.HOME + "/" + EngineRequest.SAMPLES;
    private static final String SUMMARY = K6FolderContainer.HOME + "/" + EngineRequest.SUMMARY;

    private final EngineRequest request;
    private final EngineListener listener;
    private final K6Log log;
    private final StringBuilder output = new StringBuilder();
    private final CompletableFuture<EngineOutcome> outcome = new CompletableFuture<>();
    private @Nullable K6FolderContainer running;
    private boolean interrupted;
    private long samplesRead;

    private ContainerRun(EngineRequest request, EngineListener listener) {
        this.request = request;
        this.listener = listener;
        this.log = new K6Log(listener);
    }

    static ContainerRun start(String image, EngineRequest request, EngineListener listener) {
        ContainerRun run = new ContainerRun(request, listener);
        Thread thread = new Thread(() -> run.outcome.complete(run.runIn(image)), "k6-container");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    @Override
    public EngineOutcome await() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public synchronized void interrupt() {
        if (!interrupted) {
            interrupted = true;
            if (running != null) {
                signal(running);
            }
        }
    }

    private EngineOutcome runIn(String image) {
        try {
            ScriptFolder folder = ScriptFolder.of(request.script());
            String script =
                    K6FolderContainer.SCRIPTS + "/" + folder.script().toString().replace('\\', '/');
            Map<String, String> env = HostAddress.seenFromContainer(request.env());
            List<String> arguments = K6CommandLine.run(script, env, request.flags(), SAMPLES, SUMMARY);
            pullIfMissing(image);
            try (K6FolderContainer container = new K6FolderContainer(image, arguments, folder)) {
                container.withEnv(HostAddress.seenFromContainer(folder.variablesFrom(System.getenv())));
                container.withEnv(K6CommandLine.ENVIRONMENT);
                // An inspection has no such flags.
                container.withEnv(request.flags().variables());
                container.withLogConsumer(this::readLog);
                container.start();
                announce(container);
                announcePlan(container, script, env);
                return follow(container);
            }
        } catch (InterruptedException e) {
            return K6ExitCode.OTHER.outcome("Waiting for the k6 container was interrupted.");
        } catch (IOException | RuntimeException e) {
            return K6ExitCode.OTHER.outcome("Cannot run k6 in a container of " + image + ": " + rootMessage(e) + ".");
        }
    }

    // Testcontainers would pull too, but tries a registry that is not there again and again for two minutes.
    private void pullIfMissing(String image) throws InterruptedException {
        DockerClient docker = DockerClientFactory.lazyClient();
        try {
            docker.inspectImageCmd(image).exec();
        } catch (NotFoundException missing) {
            listener.log("info", "pulling " + image);
            docker.pullImageCmd(image).start().awaitCompletion();
        }
    }

    private synchronized void announce(K6FolderContainer container) {
        running = container;
        if (interrupted) {
            signal(container);
        }
    }

    private EngineOutcome follow(K6FolderContainer container) throws InterruptedException {
        SampleFeed feed = new SampleFeed(listener);
        ContainerState state = state(container);
        while (Boolean.TRUE.equals(state.getRunning())) {
            Thread.sleep(LOOK_MILLIS);
            readSamples(container, feed);
            state = state(container);
        }
        synchronized (this) {
            running = null;
        }
        new ResultFiles(container, request.output()).fetch();
        readRest(feed);
        String text = printed();
        if (!text.isBlank()) {
            listener.print(text);
        }
        Long exitCode = state.getExitCodeLong();
        return log.outcome(exitCode == null ? K6ExitCode.OTHER.value() : exitCode.intValue());
    }

    // The k6 that runs already can say what it is going to do; a second container would cost seconds.
    private void announcePlan(K6FolderContainer container, String script, Map<String, String> env)
            throws InterruptedException {
        List<String> inspect = K6CommandLine.inspect(script, env);
        String[] command = new String[inspect.size() + 1];
        command[0] = "k6";
        System.arraycopy(inspect.toArray(String[]::new), 0, command, 1, inspect.size());
        String printed = exec(container, command);
        K6Inspection.plan(printed).map(request.flags()::selectedOf).ifPresent(listener::planned);
    }

    private void readSamples(K6FolderContainer container, SampleFeed feed) throws InterruptedException {
        String command = "tail -c +%d %s 2>/dev/null | head -c %d".formatted(samplesRead + 1, SAMPLES, CHUNK_BYTES);
        feed(feed, exec(container, "sh", "-c", command).getBytes(StandardCharsets.ISO_8859_1));
    }

    private void readRest(SampleFeed feed) {
        try {
            new SampleTail(request.samples()).readFrom(samplesRead, bytes -> feed(feed, bytes));
        } catch (IOException e) {
            listener.log("warning", "The samples cannot be read: " + e.getMessage());
        }
    }

    private void feed(SampleFeed feed, byte[] bytes) {
        feed.bytes(bytes, bytes.length);
        samplesRead += bytes.length;
    }

    // One byte is one character in this charset, so that what was cut within a character is put together again.
    private static String exec(K6FolderContainer container, String... command) throws InterruptedException {
        try {
            ExecResult result = container.execInContainer(StandardCharsets.ISO_8859_1, command);
            return result.getExitCode() == 0 ? result.getStdout() : "";
        } catch (IOException | RuntimeException endedMeanwhile) {
            return "";
        }
    }

    private void readLog(OutputFrame frame) {
        String text = frame.getUtf8StringWithoutLineEnding();
        if (frame.getType() == OutputFrame.OutputType.STDERR) {
            text.lines().forEach(log::readLine);
        } else if (frame.getType() == OutputFrame.OutputType.STDOUT) {
            synchronized (output) {
                output.append(text).append('\n');
            }
        }
    }

    private String printed() {
        synchronized (output) {
            return output.toString();
        }
    }

    private static ContainerState state(K6FolderContainer container) {
        // A fresh look: getContainerInfo() is what it was at the start.
        return container.getCurrentContainerInfo().getState();
    }

    private static void signal(K6FolderContainer container) {
        try {
            container
                    .getDockerClient()
                    .killContainerCmd(container.getContainerId())
                    .withSignal("INT")
                    .exec();
        } catch (RuntimeException endedMeanwhile) {
            // Then there is nothing to stop.
        }
    }

    /** Returns the message of the innermost cause; of causes that go in a circle, that of one of them. */
    static String rootMessage(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause.getCause() != null && depth < MAX_CAUSES; depth++) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.strip().replaceAll("\\.$", "");
    }
}
