package io.bookstore.perf.cli.option;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.terminal.CallingProgram;
import io.bookstore.perf.cli.terminal.ConsolePrompt;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.cli.terminal.Terminal;
import io.bookstore.perf.progress.EventPrinter;
import io.bookstore.perf.progress.LiveProgress;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.progress.RunEvents;
import io.bookstore.perf.run.Consent;
import io.bookstore.perf.run.RunWatcher;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The form for a program that starts a command, watches it and may end it. */
public final class EventsOption {

    @Option(
            names = "--events",
            description = "For a program: print what happens as lines of JSON, take the answer to the question about"
                    + " the cost from standard input, and end in order when that ends.")
    private boolean events;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init")
    public EventsOption() {}

    /** Returns whether standard output is for events alone. */
    public boolean asked() {
        return events;
    }

    /** The printer of the events, on standard output. */
    public EventPrinter printer() {
        return new EventPrinter(command.commandLine().getOut());
    }

    /**
     * The stream for everything that is neither an event nor JSON.
     *
     * @throws PerfException if both forms are asked for
     */
    public PrintWriter messages(JsonOption json) {
        if (json.asked() && events) {
            throw new PerfException(
                    ExitCode.USAGE, "--json and --events exclude each other: the last event is the result.");
        }
        return events ? command.commandLine().getErr() : json.messages();
    }

    /** The style of what is drawn on that stream. */
    public ProgressStyle style(JsonOption json) {
        return events ? ProgressStyle.detect(false, System.getenv(), Terminal.charset()) : json.style();
    }

    /** The watcher of a run: the progress that a person reads, and before it the events if they are asked for. */
    public RunWatcher watcher(LiveProgress progress) {
        return events ? new RunEvents(progress, printer()) : progress;
    }

    /**
     * The question about the cost: to the program that reads the events, or else to the terminal.
     *
     * @param input  the standard input, whose end asks for the end of the command; read only for {@code --events}
     * @param maxUsd the limit at which the requests end
     */
    public Consent consent(
            ConsentOption consent,
            @Nullable Double maxUsd,
            PrintWriter out,
            InputStream input,
            Interruption interruption) {
        if (!events) {
            return consent.prompt(maxUsd, out);
        }
        CallingProgram caller = CallingProgram.listen(input, interruption);
        ConsolePrompt prompt = consent.prompt(maxUsd, out, question -> caller.answer());
        EventPrinter printer = printer();
        return bill -> {
            printer.print(
                    "cost", Map.of("sentence", prompt.sentence(bill), "usd", bill.usd(), "asked", !consent.given()));
            prompt.confirm(bill);
        };
    }
}
