package io.bookstore.perf.cli.baseline;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.baseline.Baseline;
import io.bookstore.perf.cli.option.EngineNameOption;
import io.bookstore.perf.cli.option.LoadOption;
import io.bookstore.perf.cli.option.LoadedServiceOption;
import io.bookstore.perf.cli.option.ScenarioOption;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.metrics.UrlCredentials;
import io.bookstore.perf.results.facts.Secrets;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.scenario.Scenario;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A scenario and its options: given when a baseline is recorded, kept with it, and read again when it is checked. */
@Command
final class RepeatableRun {

    /** Options that the environment may stand in for. */
    private static final Set<String> OF_THE_ENVIRONMENT = Set.of("--engine", "--env", "--target", "--base-url");

    @Mixin
    private ScenarioOption scenario = new ScenarioOption();

    @Mixin
    private LoadedServiceOption service = new LoadedServiceOption();

    @Mixin
    private LoadOption load = new LoadOption();

    @Mixin
    private EngineNameOption engine = new EngineNameOption();

    /**
     * Reads the arguments of a baseline.
     *
     * @throws PerfException if another version of the kit wrote them, which had other options
     */
    static RepeatableRun of(Baseline baseline) {
        RepeatableRun run = new RepeatableRun();
        try {
            new CommandLine(run).parseArgs(baseline.arguments().toArray(String[]::new));
            return run;
        } catch (CommandLine.ParameterException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "The options of baseline \"" + baseline.name() + "\", " + baseline.arguments()
                            + ", are none of this version: " + e.getMessage() + ". Record another baseline.");
        }
    }

    /**
     * The arguments by which the run is read again in any environment: with the engine that was chosen, and the variables and the
     * address that came from the environment.
     *
     * @param command the command that they were given to
     * @throws PerfException if one of them is a secret, which no file may keep
     */
    List<String> arguments(CommandSpec command, Scenario only, EngineChoice choice) {
        List<String> arguments = new ArrayList<>(
                List.of(scenario.name(), "--engine=" + choice.engine().name()));
        Map<String, String> variables = scenario.given();
        variables.replace("TARGET", scenario.variables(only).get("TARGET"));
        variables.forEach((name, value) -> add(arguments, "--env", name + "=" + value));
        if (!service.address().isEmpty()) {
            add(arguments, "--base-url", service.address());
        }
        Set<String> own =
                CommandSpec.forAnnotatedObject(new RepeatableRun()).optionsMap().keySet();
        for (OptionSpec option : command.commandLine().getParseResult().matchedOptionsSet()) {
            String name = option.longestName();
            if (own.contains(name) && !OF_THE_ENVIRONMENT.contains(name)) {
                option.originalStringValues().forEach(value -> add(arguments, name, value));
            }
        }
        return arguments;
    }

    private static void add(List<String> arguments, String option, String value) {
        refuseSecret(option, value);
        arguments.add(option + "=" + value);
    }

    /** @param option the option that has the value; {@code --env} has the name of a variable too */
    private static void refuseSecret(String option, String value) {
        String[] setting = value.split("=", 2);
        boolean ofVariable = option.equals("--env") && setting.length > 1;
        boolean secret = ofVariable && Secrets.isSecret(setting[0], setting[1]);
        if (secret || !UrlCredentials.masked(value).equals(value)) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "A baseline keeps its options in a file, and " + (ofVariable ? setting[0] : option)
                            + " has a secret: export it, and name it in the descriptor as ${NAME}.");
        }
    }

    Scenario only() {
        return scenario.only("A baseline");
    }

    EngineChoice choose(List<? extends EngineOption> engines) {
        return engine.choose(engines);
    }

    void warn(PrintWriter out) {
        scenario.warn(out);
    }

    /** The descriptor by its name or path; null for the BookStore API. */
    @Nullable
    String target(Scenario only) {
        return scenario.variables(only).get("TARGET");
    }

    /**
     * An order for one run.
     *
     * @param baseUrl the service in place of the one that was given; null to take that one
     * @param apiJar  the API that is started
     */
    RunOrder order(Scenario only, Path folder, @Nullable URI baseUrl, Path apiJar) {
        return new RunOrder(
                only.name(),
                new RunOrder.Script(scenario.script(only), scenario.variables(only), load.flags()),
                new RunOrder.Service(
                        baseUrl == null ? scenario.service(service) : baseUrl,
                        apiJar,
                        only.serviceEnv(),
                        scenario.paid()),
                folder,
                RunOrder.Rules.OF_THE_SCRIPT);
    }
}
