package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.adapt.AdaptCommand;
import io.bookstore.perf.cli.baseline.BaselineCommand;
import io.bookstore.perf.cli.capacity.CapacityCommand;
import io.bookstore.perf.cli.compare.CompareCommand;
import io.bookstore.perf.cli.compare.HistoryCommand;
import io.bookstore.perf.cli.describe.InitCommand;
import io.bookstore.perf.cli.gate.GateCommand;
import io.bookstore.perf.cli.plan.PlanCommand;
import io.bookstore.perf.cli.run.ReportCommand;
import io.bookstore.perf.cli.run.RunCommand;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.cli.verify.VerifyCommand;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.run.Engines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code llm-perf} command line, in the JVM that it is called in; {@code perf.jar} begins with {@link Launcher}. */
@Command(
        name = "llm-perf",
        description = "Loads an HTTP service that has a language model behind it, and says how it held.",
        mixinStandardHelpOptions = true,
        versionProvider = PerfCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  llm-perf run ai-smoke                          start the API and load it",
            "  llm-perf run ai-load --env DURATION_SCALE=0.1  in a tenth of the time",
            "  llm-perf run mixed --base-url http://host:7002 a service that runs already",
            "  llm-perf run my-script.js --engine embedded    any k6 script",
            "  llm-perf gate ai-smoke --baseline-jar a.jar --candidate-jar b.jar",
            "  llm-perf capacity --base-url http://host:7002  the highest rate that holds",
            "  llm-perf init --openapi openapi.json           describe a service of your own",
            "  llm-perf verify --target my-service.yml        would a load test of it be sound",
            "",
            "Completion for bash and zsh: source <(llm-perf completion)"
        })
public final class PerfCommand implements Runnable {

    private static final String[] COMPLETION = {
        "Prints a script by which bash and zsh complete commands, options and scenarios.",
        "",
        "Example: source <(llm-perf completion)"
    };

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
        Launcher.watchLauncher(interruption::ask);
        int exitCode = commandLine(Engines.all(), interruption).execute(arguments);
        interruption.finished();
        System.exit(exitCode);
    }

    /** The whole command line, over any set of engines. */
    public static CommandLine commandLine(List<? extends EngineOption> engines, Interruption interruption) {
        PerfCommand command = new PerfCommand(interruption);
        CommandLine commandLine = new CommandLine(command);
        commandLine.addSubcommand(new ListCommand());
        CommandLine run = new CommandLine(new RunCommand(engines, interruption));
        VariableHelp.addTo(run);
        commandLine.addSubcommand(run);
        CommandLine plan = new CommandLine(new PlanCommand());
        VariableHelp.addTo(plan);
        commandLine.addSubcommand(plan);
        commandLine.addSubcommand(new ReportCommand());
        commandLine.addSubcommand(new CompareCommand());
        CommandLine gate = new CommandLine(new GateCommand(engines, interruption));
        VariableHelp.addTo(gate);
        commandLine.addSubcommand(gate);
        commandLine.addSubcommand(BaselineCommand.commandLine(engines, interruption));
        CommandLine capacity = new CommandLine(new CapacityCommand(engines, interruption));
        VariableHelp.addTo(capacity);
        commandLine.addSubcommand(capacity);
        commandLine.addSubcommand(new VerifyCommand(interruption));
        commandLine.addSubcommand(new AdaptCommand());
        commandLine.addSubcommand(new HistoryCommand());
        commandLine.addSubcommand(new DoctorCommand(engines));
        commandLine.addSubcommand(new InitCommand());
        commandLine.addSubcommand(new ExportCommand());
        commandLine.addSubcommand(new HealthCommand());
        commandLine.addSubcommand(new SeedCommand());
        ServiceLoader.load(CommandProvider.class)
                .forEach(provider -> commandLine.addSubcommand(provider.command(interruption)));
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        // Its own help calls it by another name.
        completion.getCommandSpec().name("completion").usageMessage().description(COMPLETION);
        commandLine.addSubcommand(completion);
        commandLine.setExecutionExceptionHandler(command::explain);
        commandLine.setExitCodeExceptionMapper(any -> ExitCode.USAGE.value());
        commandLine.setParameterExceptionHandler(PerfCommand::explainUsage);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine
                .getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
        return commandLine;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            meanings.put(String.valueOf(code.value()), code.meaning());
        }
        return meanings;
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
                .println("This is a defect of llm-perf, please report it (--stack-trace shows more): " + failure);
        if (stackTrace) {
            failure.printStackTrace(commandLine.getErr());
        }
        return ExitCode.INTERNAL.value();
    }

    private static int explainUsage(CommandLine.ParameterException failure, String[] arguments) {
        CommandLine commandLine = failure.getCommandLine();
        commandLine.getErr().println(UsageSentence.of(failure, List.of(arguments)));
        commandLine.getErr().println("See \"" + commandLine.getCommandSpec().qualifiedName() + " --help\".");
        return ExitCode.USAGE.value();
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            MachineFacts machine = MachineFacts.current();
            return new String[] {"llm-perf " + machine.kitVersion(), "JDK " + machine.jdk(), machine.os()};
        }
    }
}
