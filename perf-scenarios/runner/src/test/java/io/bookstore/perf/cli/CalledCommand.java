package io.bookstore.perf.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.terminal.Interruption;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import picocli.CommandLine;

/** A command that a program has started: the events that the program reads, and the rest. */
public final class CalledCommand {

    private final PipedOutputStream open = new PipedOutputStream();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** An input that stays open after this text. */
    public InputStream saying(String text) throws IOException {
        return new SequenceInputStream(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new PipedInputStream(open));
    }

    /**
     * Runs a command on a thread of its own: its interruption, which may come after its end, hits no other test.
     *
     * @param arguments the name of the command first
     */
    public int run(Function<Interruption, ?> command, String... arguments) {
        return CompletableFuture.supplyAsync(
                        () -> execute(command.apply(new Interruption()), arguments), task -> new Thread(task).start())
                .join();
    }

    private int execute(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    commandLine.getErr().println(failure.getMessage());
                    return failure instanceof PerfException expected
                            ? expected.exitCode().value()
                            : 1;
                })
                .execute(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    public List<JsonNode> events(String name) {
        return out.toString()
                .lines()
                .map(CalledCommand::parsed)
                .filter(event -> event.path("event").asText().equals(name))
                .toList();
    }

    public JsonNode lastEvent() {
        return parsed(out.toString().lines().reduce((before, after) -> after).orElseThrow());
    }

    private static JsonNode parsed(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
