package io.bookstore.genai;

import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.terminal.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command line of {@code llm-perf} with the commands of this module, in this JVM. */
public final class PerfLine {

    /** That of commands that end by themselves: with its thirty commands it costs more than a run of one of these. */
    private static final CommandLine shared = PerfCommand.commandLine(List.of(), new Interruption());

    private final Interruption interruption = new Interruption();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public int run(String... arguments) {
        return printing(shared).execute(arguments);
    }

    /** Starts a command on a thread of its own, which {@link #interrupt} can end. */
    public CompletableFuture<Integer> start(String... arguments) {
        return CompletableFuture.supplyAsync(
                () -> printing(PerfCommand.commandLine(List.of(), interruption)).execute(arguments));
    }

    public void interrupt() {
        interruption.ask();
    }

    /** Returns the first group of a pattern once the command has printed it. */
    public String await(Pattern pattern, CompletableFuture<Integer> command) throws InterruptedException {
        while (true) {
            boolean done = command.isDone();
            Matcher found = pattern.matcher(out() + err());
            if (found.find()) {
                return found.group(1);
            }
            if (done) {
                throw new AssertionError("it ended: " + out() + err());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    public static CommandSpec command(String name) {
        return shared.getSubcommands().get(name).getCommandSpec();
    }

    private CommandLine printing(CommandLine commandLine) {
        return commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }
}
