package io.bookstore.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that a test runs as a process of its own, with both of its outputs as one text. */
public final class Command {

    /** The program that runs Java on this JDK. */
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final ProcessBuilder builder;

    private Command(String... words) {
        builder = new ProcessBuilder(new ArrayList<>(List.of(words))).redirectErrorStream(true);
    }

    /** The exit code and the output of a program that has ended. */
    public record Result(int exitCode, String output) {

        /** Returns the end of the output, which is where a program says why it failed. */
        public String tail() {
            return LogTail.of(output);
        }
    }

    /** A program and its arguments. */
    public static Command of(String... words) {
        return new Command(words);
    }

    /** A Java program that lives for seconds: a small heap, and no time spent on the second compiler. */
    public static Command java(int heapMegabytes, String... arguments) {
        return of(JAVA, "-Xmx" + heapMegabytes + "m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .and(arguments);
    }

    /** Adds arguments. */
    public Command and(String... arguments) {
        return and(List.of(arguments));
    }

    /** Adds arguments. */
    public Command and(List<String> arguments) {
        builder.command().addAll(arguments);
        return this;
    }

    /** Sets the folder that the program runs in. */
    public Command in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    /** Adds variables to the environment of this JVM. */
    public Command with(Map<String, String> variables) {
        builder.environment().putAll(variables);
        return this;
    }

    /** Removes the variables of this JVM's environment whose whole name matches. */
    public Command without(String name) {
        builder.environment().keySet().removeIf(variable -> variable.matches(name));
        return this;
    }

    /** Puts words before the program: a command that ends by executing its arguments. */
    public Command through(String... words) {
        builder.command().addAll(0, List.of(words));
        return this;
    }

    /** Starts it, writes both of its outputs to a file and returns at once. */
    public ChildProcess start(Path log) {
        try {
            return new ChildProcess(builder.redirectOutput(log.toFile()).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + this, e);
        }
    }

    /**
     * Runs it to its end, with nothing to read.
     *
     * @throws AssertionError with the end of its output if it has not ended after four minutes
     */
    public Result run() {
        try {
            Path log = Files.createTempFile("command", ".log");
            try {
                return start(log).result();
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", builder.command());
    }
}
