package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.results.MachineFacts;
import io.bookstore.perf.run.Engines;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry point of {@code perf.jar}. */
@Command(
        name = "perf",
        description = "Loads an HTTP service that has a language model behind it, and says how it held.",
        mixinStandardHelpOptions = true,
        versionProvider = PerfCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  perf run ai-smoke                          start the BookStore API and load it for 3 minutes",
            "  perf run ai-load --env DURATION_SCALE=0.1  the same shape in a tenth of the time",
            "  perf run mixed --base-url http://host:7002 load a service that runs already",
            "  perf run my-script.js --engine embedded    any k6 script",
            "",
            "Exit codes: 0 passed, 99 thresholds crossed, 104 invalid options, 105 interrupted, 107 script error,",
            "108 aborted and 110 failed by the script, 255 other errors of the script, as k6 has them; 64 usage,",
            "65 nothing measured, 66 missing file, 69 service or engine not there, 70 defect of perf,",
            "71 service could not be started, 77 nobody agreed to what it costs, 79 stopped at --max-usd.",
            "",
            "Completion for bash and zsh: source <(perf completion)"
        })
public final class PerfCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final Interruption interruption;

    @Option(names = "--stack-trace", hidden = true, scope = CommandLine.ScopeType.INHERIT)
    private boolean stackTrace;

    /** Created by picocli, which sets the fields. */
    @SuppressWarnings("NullAway.Init")
    PerfCommand(Interruption interruption) {
        this.interruption = interruption;
    }

    public static void main(String[] arguments) {
        Interruption interruption = Interruption.install();
        int exitCode = commandLine(Engines.all(), interruption).execute(arguments);
        interruption.finished();
        System.exit(exitCode);
    }

    /** The whole command line, over any set of engines. */
    static CommandLine commandLine(List<? extends EngineOption> engines, Interruption interruption) {
        PerfCommand command = new PerfCommand(interruption);
        CommandLine commandLine = new CommandLine(command);
        commandLine.addSubcommand(new ListCommand());
        commandLine.addSubcommand(new RunCommand(engines, interruption));
        commandLine.addSubcommand(new ReportCommand());
        commandLine.addSubcommand(new DoctorCommand(engines));
        commandLine.addSubcommand(new ExportCommand());
        commandLine.addSubcommand(new HealthCommand());
        commandLine.addSubcommand(new SeedCommand());
        commandLine.addSubcommand("completion", new AutoComplete.GenerateCompletion());
        commandLine.setExecutionExceptionHandler(command::explain);
        commandLine.setExitCodeExceptionMapper(any -> ExitCode.USAGE.value());
        commandLine.setParameterExceptionHandler(PerfCommand::explainUsage);
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }

    private int explain(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
        // Libraries wrap the interruption of their thread into exceptions of their own.
        if (failure instanceof InterruptedException || interruption.mainInterrupted()) {
            commandLine.getErr().println("Interrupted before the run began; it has no results.");
            return ExitCode.INTERRUPTED.value();
        }
        if (failure instanceof PerfException expected) {
            commandLine.getErr().println(expected.getMessage());
            return expected.exitCode().value();
        }
        commandLine
                .getErr()
                .println("This is a defect of perf, please report it (--stack-trace shows more): " + failure);
        if (stackTrace) {
            failure.printStackTrace(commandLine.getErr());
        }
        return ExitCode.INTERNAL.value();
    }

    private static int explainUsage(CommandLine.ParameterException failure, String[] arguments) {
        CommandLine commandLine = failure.getCommandLine();
        commandLine.getErr().println(failure.getMessage());
        commandLine.getErr().println("See \"" + commandLine.getCommandSpec().qualifiedName() + " --help\".");
        return ExitCode.USAGE.value();
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            MachineFacts machine = MachineFacts.current();
            return new String[] {"perf " + machine.kitVersion(), "JDK " + machine.jdk(), machine.os()};
        }
    }
}
