package io.bookstore.perf.cli.gate;

import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.compare.ComparisonOption;
import io.bookstore.perf.cli.option.ConsentOption;
import io.bookstore.perf.cli.option.EngineNameOption;
import io.bookstore.perf.cli.option.EventsOption;
import io.bookstore.perf.cli.option.LoadOption;
import io.bookstore.perf.cli.option.LoadedServiceOption;
import io.bookstore.perf.cli.option.ScenarioOption;
import io.bookstore.perf.cli.option.SessionOption;
import io.bookstore.perf.cli.terminal.AnswerFile;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.cli.terminal.Json;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.gate.GateRun;
import io.bookstore.perf.gate.GateSession;
import io.bookstore.perf.gate.Side;
import io.bookstore.perf.progress.WithoutSummary;
import io.bookstore.perf.results.facts.ServiceBuild;
import io.bookstore.perf.run.Installation;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.scenario.Scenario;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "gate",
        abbreviateSynopsis = true,
        description = {
            "Runs a scenario on two builds in turn, and says whether the second is worse.",
            "docs/gate.md has a walk-through, docs/compare.md the method."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0 if the candidate is not worse, 80 if it is, 81 if the runs must",
            "not be compared; 82 with --strict if the pairs do not decide.",
            "",
            "Examples:",
            "  llm-perf gate ai-smoke --baseline-jar a.jar --candidate-jar b.jar \\\\",
            "      -e DURATION_SCALE=0.2                    8 pairs in about 10 minutes",
            "  llm-perf gate my-script.js --baseline-url http://host:7002 \\\\",
            "      --candidate-url http://host:7003         services that run already",
            "  llm-perf gate ai-smoke --baseline reports/main --candidate-jar b.jar",
            "  llm-perf gate ai-smoke --baseline-jar a.jar --candidate-jar b.jar \\\\",
            "      --out reports/gate --resume --pairs 12   four pairs more"
        })
public final class GateCommand implements Callable<Integer> {

    /** The pairs of a gate without {@code --pairs}. */
    public static final int PAIRS = 8;

    private static final int MOST_PAIRS = 1000;

    private final List<? extends EngineOption> engines;
    private final Interruption interruption;
    private final InputStream input;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioOption scenario = new ScenarioOption();

    @Mixin
    private LoadOption load = new LoadOption();

    @Mixin
    private EngineNameOption engine = new EngineNameOption();

    @Mixin
    private GateSides sides = new GateSides();

    @Mixin
    private ComparisonOption comparison = new ComparisonOption();

    @Mixin
    private SessionOption kept = new SessionOption("runs");

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Mixin
    private EventsOption events = new EventsOption();

    @Option(
            names = "--pairs",
            paramLabel = "NUMBER",
            description = "Pairs of runs, at least " + Comparison.FEWEST_PAIRS + ". Default: ${DEFAULT-VALUE}.")
    private int pairs = PAIRS;

    @SuppressWarnings("NullAway.Init")
    public GateCommand(List<? extends EngineOption> engines, Interruption interruption) {
        this(engines, interruption, System.in);
    }

    /** @param input the standard input, which {@code --events} reads */
    @SuppressWarnings("NullAway.Init")
    GateCommand(List<? extends EngineOption> engines, Interruption interruption, InputStream input) {
        this.engines = engines;
        this.interruption = interruption;
        this.input = input;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = events.messages(comparison.json());
        checkPairs("--pairs", pairs);
        sides.check();
        Scenario only = scenario.only("A gate");
        refuseOneAddress();
        List<ComparedRun> before = sides.runsBefore(pairs);
        GateSession session = session();
        refuseOtherBuild(session, only);
        EngineChoice choice = engine.choose(engines);
        scenario.warn(out);
        ScenarioRunner runner = new ScenarioRunner(
                choice,
                Clock.systemUTC(),
                events.consent(consent, null, out, input, interruption).onceFor(session.size()));
        Inspection inspection = runner.inspect(order(only, new GateRun(1, Side.CANDIDATE, 1), session.folder()));
        // A script that cannot run is no reason to start a service, let alone sixteen times.
        ScenarioOption.requireRunnable(inspection);
        GateRunner gate = new GateRunner(
                session,
                before,
                comparison.rules(),
                interruption,
                events.style(comparison.json()),
                out,
                "the same command with --out " + session.folder() + " --resume");
        gate.announce("gate " + only.name() + ": " + pairs + " pairs", inspection);
        out.println("engine " + choice.engine().name() + ": " + choice.reason());
        GateWatcher watcher = new GateWatcher(events, session, only.name());
        ExitCode end = gate.run(
                run -> {
                    watcher.begins(run);
                    return order(only, run, session.folder(run));
                },
                (order, progress) -> runner.measure(order, inspection, new WithoutSummary(events.watcher(progress))));
        return end == ExitCode.OK ? tell(gate.comparison(), session, only, watcher) : end.value();
    }

    private int tell(Comparison compared, GateSession session, Scenario only, GateWatcher watcher) {
        GateJson answer = GateJson.of(session, only.name(), comparison.judged(compared));
        AnswerFile.write(session.folder().resolve(GateJson.NAME), Json.of(answer));
        CommandLine command = spec.commandLine();
        int exitCode = comparison.tell(compared, events.asked() ? command.getErr() : command.getOut());
        watcher.ends(answer);
        return exitCode;
    }

    /**
     * Checks the number of pairs.
     *
     * @param option its name in the message
     * @throws PerfException if it is too small or too large
     */
    public static void checkPairs(String option, int pairs) {
        if (pairs < Comparison.FEWEST_PAIRS || pairs > MOST_PAIRS) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "%s must be from %d, for fewer get no verdict, to %d, was %d."
                            .formatted(option, Comparison.FEWEST_PAIRS, MOST_PAIRS, pairs));
        }
    }

    /** A variable would lead both sides to one service, and so would a descriptor. */
    private void refuseOneAddress() {
        if (sides.url(Side.CANDIDATE) == null && scenario.service(new LoadedServiceOption()) != null) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "TARGET or BASE_URL name one service, and a gate needs two: give --baseline-url and"
                            + " --candidate-url.");
        }
    }

    private GateSession session() {
        Path folder = kept.folder().orElseGet(() -> scenario.newFolder("gate-"));
        return kept.resume()
                ? GateSession.resume(folder, sides.order(), pairs)
                : GateSession.in(folder, sides.order(), pairs);
    }

    /** Kept runs of another jar or scenario would be mixed with new ones. */
    private void refuseOtherBuild(GateSession session, Scenario only) {
        for (Side side : Side.values()) {
            Path jar = sides.jar(side);
            ServiceBuild build = jar == null ? null : ServiceBuild.of(jar).orElse(null);
            for (ComparedRun kept : session.complete(side)) {
                ServiceBuild other = kept.result().run().target().build();
                if (build != null && other != null && !build.hash().equals(other.hash())) {
                    throw new PerfException(
                            ExitCode.USAGE,
                            "%s ran %s (%s), and %s is another build (%s): give the jar that it ran, or begin anew in"
                                            .formatted(kept.name(), other.jar(), other.hash(), jar, build.hash())
                                    + " another folder with --out.");
                }
                if (!kept.result().run().scenario().equals(only.name())) {
                    throw new PerfException(
                            ExitCode.USAGE,
                            kept.name() + " ran " + kept.result().run().scenario() + ", not " + only.name()
                                    + ": give that scenario, or begin anew in another folder with --out.");
                }
            }
        }
    }

    private RunOrder order(Scenario only, GateRun run, Path folder) {
        Path jar = sides.jar(run.side());
        return new RunOrder(
                only.name(),
                new RunOrder.Script(scenario.script(only), scenario.variables(only), load.flags()),
                new RunOrder.Service(
                        sides.url(run.side()),
                        Installation.locate(null, jar).apiJar(),
                        only.serviceEnv(),
                        scenario.paid()),
                folder,
                RunOrder.Rules.OF_THE_SCRIPT);
    }
}
