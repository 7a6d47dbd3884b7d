package io.bookstore.perf.engine.binary;

import io.bookstore.perf.engine.k6.K6CommandLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A k6 that gets exactly one signal, and ends with this JVM however that one ends.
 *
 * <p>Ctrl-C goes to every process of a terminal, and we pass it on: k6 would see two, and at the second it skips teardown.
 * And a JVM that is killed can stop nobody. So a shell of a few lines stands in between ({@code supervise.sh}): it moves k6 away
 * from the terminal and stops it when its own standard input closes, which happens on {@link #stop()} and with our death.
 */
final class SupervisedProcess {

    private static final String SUPERVISOR = "supervise.sh";

    private final Process process;
    private final boolean supervised;

    private SupervisedProcess(Process process, boolean supervised) {
        this.process = process;
        this.supervised = supervised;
    }

    static SupervisedProcess start(List<String> command, Path workingFolder) throws IOException {
        boolean shell = Files.isExecutable(Path.of("/bin/sh"));
        List<String> complete = new ArrayList<>();
        if (shell) {
            complete.addAll(List.of("/bin/sh", "-c", supervisor(), "sh"));
        }
        complete.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(complete).directory(workingFolder.toFile());
        builder.environment().putAll(K6CommandLine.ENVIRONMENT);
        return new SupervisedProcess(builder.start(), shell);
    }

    InputStream standardOutput() {
        return process.getInputStream();
    }

    InputStream standardError() {
        return process.getErrorStream();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** Sends the signal at which k6 ends in order; calling it again changes nothing. */
    void stop() {
        if (!supervised) {
            process.destroy();
            return;
        }
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // Then there is nothing to stop.
        }
    }

    private static String supervisor() throws IOException {
        try (InputStream script = SupervisedProcess.class.getResourceAsStream(SUPERVISOR)) {
            if (script == null) {
                throw new IllegalStateException("missing on the class path: " + SUPERVISOR);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
