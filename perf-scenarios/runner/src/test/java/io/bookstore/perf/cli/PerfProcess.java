package io.bookstore.perf.cli;

import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.engine.EngineOption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** {@code llm-perf} as a shell sees it: arguments in; an exit code and two streams out. */
public final class PerfProcess {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    public int run(EngineOption engine, String... arguments) {
        CommandLine commandLine = PerfCommand.commandLine(List.of(engine), new Interruption());
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
