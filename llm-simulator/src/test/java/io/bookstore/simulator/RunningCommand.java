package io.bookstore.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that serves until it is closed, in this JVM: {@code record} and {@code replay}. */
public final class RunningCommand implements AutoCloseable {

    private static final Pattern address = Pattern.compile("at (http://[0-9.:]+)");

    private final StringWriter err = new StringWriter();
    private final Thread thread;
    private final String greeting;

    private RunningCommand(String... arguments) throws IOException {
        PipedWriter out = new PipedWriter();
        BufferedReader lines = new BufferedReader(new PipedReader(out));
        thread = new Thread(() -> Main.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((exception, command, parsed) -> 0)
                .execute(arguments));
        thread.start();
        greeting = lines.readLine();
    }

    public static RunningCommand start(String... arguments) throws IOException {
        return new RunningCommand(arguments);
    }

    /** The line with which it began. */
    public String greeting() {
        return greeting;
    }

    public String errors() {
        return err.toString();
    }

    public URI url() {
        Matcher matcher = address.matcher(greeting);
        if (!matcher.find()) {
            throw new IllegalStateException("No address in: " + greeting);
        }
        return URI.create(matcher.group(1));
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
