package io.bookstore.perf.cli.baseline;

import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.engine.EngineOption;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "baseline",
        description = "Records runs of a service under a name, and compares it with them later.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  llm-perf baseline record main ai-smoke -e DURATION_SCALE=0.2",
            "  llm-perf baseline check main        the same runs again, and the verdict",
            "  llm-perf baseline list"
        })
public final class BaselineCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    private BaselineCommand() {}

    /** The command with those below it. */
    public static CommandLine commandLine(List<? extends EngineOption> engines, Interruption interruption) {
        return new CommandLine(new BaselineCommand())
                .addSubcommand(new RecordCommand(engines, interruption))
                .addSubcommand(new CheckCommand(engines, interruption))
                .addSubcommand(new ListBaselinesCommand());
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "Name what to do with a baseline: record, check or list.");
    }
}
