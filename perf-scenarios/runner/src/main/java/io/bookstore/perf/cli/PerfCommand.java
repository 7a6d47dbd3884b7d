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
import java.util.function.Supplier;
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
            "  llm-perf init --openapi openapi.json           describe your own service",
            "  llm-perf verify --target my-service.yml        would a load test be sound",
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
        String first = arguments.length == 0 ? "" : arguments[0];
        int exitCode = commandLine(Engines.all(), interruption, first).execute(arguments);
        interruption.finished();
        System.exit(exitCode);
    }

    /** The whole command line, over any set of engines. */
    public static CommandLine commandLine(List<? extends EngineOption> engines, Interruption interruption) {
        return commandLine(engines, interruption, "");
    }

    /**
     * The command line for arguments that begin with that one: if it is the name of a command, that command alone, for picocli
     * reads each command with all its options, which takes longer than most commands themselves.
     */
    static CommandLine commandLine(List<? extends EngineOption> engines, Interruption interruption, String first) {
        PerfCommand command = new PerfCommand(interruption);
        CommandLine commandLine = new CommandLine(command);
        Map<String, Supplier<Object>> own = commands(engines, interruption);
        Supplier<Object> asked = own.get(first);
        if (asked != null) {
            commandLine.addSubcommand(asked.get());
        } else {
            own.values().forEach(each -> commandLine.addSubcommand(each.get()));
            ServiceLoader.load(CommandProvider.class)
                    .forEach(provider -> commandLine.addSubcommand(provider.command(interruption)));
            commandLine.addSubcommand(completion());
        }
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

    /** The commands of this module by name, in the order of the help. */
    private static Map<String, Supplier<Object>> commands(
            List<? extends EngineOption> engines, Interruption interruption) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("list", ListCommand::new);
        commands.put("run", () -> withVariables(new RunCommand(engines, interruption)));
        commands.put("plan", () -> withVariables(new PlanCommand()));
        commands.put("report", ReportCommand::new);
        commands.put("compare", CompareCommand::new);
        commands.put("gate", () -> withVariables(new GateCommand(engines, interruption)));
        commands.put("baseline", () -> BaselineCommand.commandLine(engines, interruption));
        commands.put("capacity", () -> withVariables(new CapacityCommand(engines, interruption)));
        commands.put("verify", () -> new VerifyCommand(interruption));
        commands.put("adapt", AdaptCommand::new);
        commands.put("history", HistoryCommand::new);
        commands.put("doctor", () -> new DoctorCommand(engines));
        commands.put("init", InitCommand::new);
        commands.put("export", ExportCommand::new);
        commands.put("health", HealthCommand::new);
        commands.put("seed", SeedCommand::new);
        return commands;
    }

    private static CommandLine withVariables(Object command) {
        CommandLine commandLine = new CommandLine(command);
        VariableHelp.addTo(commandLine);
        return commandLine;
    }

    private static CommandLine completion() {
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        // Its own help calls it by another name.
        completion.getCommandSpec().name("completion").usageMessage().description(COMPLETION);
        return completion;
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
