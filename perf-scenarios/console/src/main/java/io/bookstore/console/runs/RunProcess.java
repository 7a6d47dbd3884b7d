package io.bookstore.console.runs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A {@code llm-perf run --events} in a process of its own, as the command runs it: in a JVM with the flags of a run, whose processor
 * time is the load generator's alone.
 */
final class RunProcess {

    /** Above the time that a run has to end by itself once it is asked: k6's limit for teardown, and the report. */
    private static final long PATIENCE_SECONDS = 90;

    // A process that it has left behind may hold the streams open.
    private static final long LAST_WORDS_MILLIS = 10_000;

    private final Process process;
    private final Thread events;
    private final Thread log;

    private RunProcess(Process process, Consumer<String> event, Consumer<String> line) {
        this.process = process;
        events = reader("run-events", process.getInputStream(), StandardCharsets.UTF_8, event);
        log = reader("run-log", process.getErrorStream(), Charset.defaultCharset(), line);
    }

    /**
     * Starts it.
     *
     * @param event gets each line of standard output, on another thread
     * @param line  gets each line of standard error, on a third
     */
    static RunProcess start(List<String> command, Consumer<String> event, Consumer<String> line) throws IOException {
        return new RunProcess(new ProcessBuilder(command).start(), event, line);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Answers the question about the cost. */
    void answer(boolean agreed) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write(agreed ? "y\n".getBytes(StandardCharsets.UTF_8) : "n\n".getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** Asks it to end in order: its report is written. If it does not in time, it is killed. */
    void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // Nothing to end.
        }
        Thread watch = new Thread(
                () -> {
                    try {
                        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                            kill();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "run-end");
        watch.setDaemon(true);
        watch.start();
    }

    /** Ends it at once, with everything that it has started. */
    void kill() {
        try (Stream<ProcessHandle> tree = process.descendants()) {
            List<ProcessHandle> children = tree.toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Waits for its end and its last words; returns its exit code. */
    int await() throws InterruptedException {
        int exitCode = process.waitFor();
        events.join(LAST_WORDS_MILLIS);
        log.join(LAST_WORDS_MILLIS);
        return exitCode;
    }

    private static Thread reader(String name, InputStream stream, Charset charset, Consumer<String> consumer) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, charset))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            consumer.accept(line);
                        }
                    } catch (IOException ended) {
                        // The process is gone.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
