package io.bookstore.perf.cli.baseline;

import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.baseline.Baseline;
import io.bookstore.perf.baseline.Baselines;
import io.bookstore.perf.cli.gate.GateRunner;
import io.bookstore.perf.cli.option.ApiJarOption;
import io.bookstore.perf.cli.option.ConsentOption;
import io.bookstore.perf.cli.option.ScenarioOption;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.cli.terminal.Terminal;
import io.bookstore.perf.compare.CompareRules;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.gate.GateOrder;
import io.bookstore.perf.gate.GateSession;
import io.bookstore.perf.gate.Side;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.progress.WithoutSummary;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.scenario.Scenario;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "record",
        abbreviateSynopsis = true,
        description = "Runs a scenario some times, and keeps the runs under a name.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The options are kept too, for \"llm-perf baseline check NAME\". A recording that",
            "was interrupted goes on with the same command.",
            "",
            "Examples:",
            "  llm-perf baseline record main ai-smoke -e DURATION_SCALE=0.2",
            "  llm-perf baseline record chat ai-load --target chat.yml --runs 12"
        })
final class RecordCommand implements Callable<Integer> {

    private static final int MOST_RUNS = 1000;

    private final List<? extends EngineOption> engines;
    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the new baseline.")
    private String name = "";

    @Mixin
    private RepeatableRun run = new RepeatableRun();

    @Mixin
    private BaselinesOption option = new BaselinesOption();

    @Mixin
    private ApiJarOption api = new ApiJarOption();

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Option(
            names = "--runs",
            paramLabel = "NUMBER",
            description = "Runs, at least " + Comparison.FEWEST_PAIRS + ". Default: ${DEFAULT-VALUE}.")
    private int runs = 8;

    @SuppressWarnings("NullAway.Init")
    RecordCommand(List<? extends EngineOption> engines, Interruption interruption) {
        this.engines = engines;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (runs < Comparison.FEWEST_PAIRS || runs > MOST_RUNS) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "--runs must be from %d, for fewer get no verdict, to %d, was %d."
                            .formatted(Comparison.FEWEST_PAIRS, MOST_RUNS, runs));
        }
        Baselines baselines = option.baselines();
        baselines.requireFree(name);
        Scenario only = run.only();
        GateSession session = session(baselines.folder(name), only);
        EngineChoice choice = run.choose(engines);
        List<String> arguments = run.arguments(spec, only, choice);
        run.warn(out);
        ScenarioRunner runner = new ScenarioRunner(
                choice, Clock.systemUTC(), consent.prompt(out).onceFor(session.size()));
        Inspection inspection = runner.inspect(run.order(only, session.folder(), null, api.jar()));
        ScenarioOption.requireRunnable(inspection);
        GateRunner recording = new GateRunner(
                session,
                List.of(),
                CompareRules.DEFAULT,
                interruption,
                ProgressStyle.detect(Terminal.attached(), System.getenv(), Terminal.charset()),
                out,
                "the same command");
        recording.announce("baseline " + name + ", " + only.name() + ": " + runs + " in all", inspection);
        out.println("engine " + choice.engine().name() + ": " + choice.reason());
        ExitCode end = recording.run(
                each -> run.order(only, session.folder(each), null, api.jar()),
                (order, progress) -> runner.measure(order, inspection, new WithoutSummary(progress)));
        if (end == ExitCode.OK) {
            requireAllCount(session);
            baselines.save(baseline(only, choice, arguments, session));
            out.println("baseline " + baselines.folder(name));
        }
        return end.value();
    }

    private GateSession session(Path folder, Scenario only) {
        if (!Files.isDirectory(folder)) {
            return GateSession.in(folder, GateOrder.BASELINE_ALONE, runs);
        }
        GateSession session = GateSession.resume(folder, GateOrder.BASELINE_ALONE, runs);
        for (ComparedRun kept : session.complete(Side.BASELINE)) {
            if (!kept.result().run().scenario().equals(only.name())) {
                throw new PerfException(
                        ExitCode.USAGE,
                        kept.name() + " ran " + kept.result().run().scenario() + ", not " + only.name()
                                + ": give that scenario, choose another name, or remove " + folder + " yourself.");
            }
        }
        return session;
    }

    /** A baseline of fewer runs than it says would be found out when somebody waits for a verdict. */
    private static void requireAllCount(GateSession session) {
        for (ComparedRun made : session.complete(Side.BASELINE)) {
            if (!Comparison.counts(made)) {
                throw new PerfException(
                        ExitCode.NOT_COMPARABLE,
                        made.name() + " does not count ("
                                + made.result().verdict().reason()
                                + "), so nothing is recorded: find the cause, and the same command makes it again.");
            }
        }
    }

    private Baseline baseline(Scenario only, EngineChoice choice, List<String> arguments, GateSession session) {
        return new Baseline(
                Baseline.SCHEMA_VERSION,
                name,
                only.name(),
                run.target(only),
                arguments,
                choice.engine().name(),
                run.order(only, session.folder(), null, api.jar()).scriptHash(),
                runs,
                MachineFacts.current().kitVersion(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
