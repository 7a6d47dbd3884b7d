package io.bookstore.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** A process that a test has started by a {@link Command}, and its log; closed, it is gone. */
public final class ChildProcess implements AutoCloseable {

    // Below the limit of a whole test, so that a program that hangs is named with what it said.
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;

    ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Its number, its children and its end, as the JDK sees them. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Returns everything that it has written so far. */
    public String log() {
        try {
            // A log may be cut in the middle of a character.
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether it runs, and the last lines of its log, for the message of a failed test. */
    public String endOfLog() {
        String state = process.isAlive() ? "is running" : "ended with exit code " + process.exitValue();
        return "the process " + state + "; " + LogTail.of(log);
    }

    /**
     * Waits for a line of the log whose end matches, and returns what does.
     *
     * @throws AssertionError with the end of the log if the process ends without it, or it does not come in time
     */
    public String awaitLine(String pattern) {
        Pattern line = Pattern.compile(pattern + "(?=\\R)");
        try {
            await().until(() -> !process.isAlive() || line.matcher(log()).find());
        } catch (ConditionTimeoutException e) {
            // The message below says what the log has instead.
        }
        Matcher found = line.matcher(log());
        if (!found.find()) {
            throw new AssertionError("no line \"" + pattern + "\": " + endOfLog());
        }
        return found.group();
    }

    /**
     * Waits for its end and returns its exit code.
     *
     * @throws AssertionError with the end of the log if it has not ended after four minutes
     */
    public int exitCode() {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("%s has not ended after %d minutes: %s"
                        .formatted(process.info().commandLine().orElse("it"), LIMIT.toMinutes(), endOfLog()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Gives it nothing to read, waits for its end and returns what it said. */
    Command.Result result() throws IOException {
        try {
            process.getOutputStream().close();
            return new Command.Result(exitCode(), log());
        } finally {
            kill();
        }
    }

    /** Asks it to end. */
    public void terminate() {
        process.destroy();
    }

    /** Sends it a signal by its name, such as {@code STOP}. */
    public void signal(String name) {
        Command.of("kill", "-" + name, String.valueOf(process.pid())).run();
    }

    /** Ends it and its own children by force. */
    public void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends it and its own children, by force if it does not end within twenty seconds. */
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
