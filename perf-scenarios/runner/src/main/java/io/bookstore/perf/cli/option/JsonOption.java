package io.bookstore.perf.cli.option;

import io.bookstore.perf.cli.terminal.Terminal;
import io.bookstore.perf.progress.ProgressStyle;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The form for programs of what a command has to say. */
public final class JsonOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--json", description = "Print the result as JSON, and everything else to standard error.")
    private boolean json;

    @SuppressWarnings("NullAway.Init")
    public JsonOption() {}

    /** Returns whether standard output is for JSON alone. */
    public boolean asked() {
        return json;
    }

    /** The stream for everything that is not the result. */
    public PrintWriter messages() {
        return json ? command.commandLine().getErr() : command.commandLine().getOut();
    }

    /** The style of what is drawn beside the JSON, or in place of it. */
    public ProgressStyle style() {
        return ProgressStyle.detect(!json && Terminal.attached(), System.getenv(), Terminal.charset());
    }
}
