package io.bookstore.perf.cli.baseline;

import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.baseline.Baseline;
import io.bookstore.perf.baseline.Baselines;
import io.bookstore.perf.cli.compare.ComparisonOption;
import io.bookstore.perf.cli.gate.GateRunner;
import io.bookstore.perf.cli.option.ApiJarOption;
import io.bookstore.perf.cli.option.ConsentOption;
import io.bookstore.perf.cli.option.NewFolder;
import io.bookstore.perf.cli.option.ScenarioOption;
import io.bookstore.perf.cli.option.ServiceOption;
import io.bookstore.perf.cli.option.SessionOption;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.compare.ComparedRun;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.engine.EngineChoice;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.gate.GateOrder;
import io.bookstore.perf.gate.GateSession;
import io.bookstore.perf.gate.Side;
import io.bookstore.perf.progress.WithoutSummary;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.perf.run.SavedRuns;
import io.bookstore.perf.run.ScenarioRunner;
import io.bookstore.perf.scenario.Scenario;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        abbreviateSynopsis = true,
        description = {
            "Makes the runs of a baseline again, and says whether the service has become worse.",
            "docs/baseline.md has a walk-through, docs/compare.md the method."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0 if the service is not worse, 80 if it is, 81 if the runs must not",
            "be compared; 82 with --strict if the pairs do not decide.",
            "",
            "Examples:",
            "  llm-perf baseline check main",
            "  llm-perf baseline check main reports/today      runs that were made already",
            "  llm-perf baseline check chat --base-url http://host:8080 --strict"
        })
final class CheckCommand implements Callable<Integer> {

    /** The fact of a comparison that the script and the descriptor are. */
    private static final String CONTENT = "script-content";

    private final List<? extends EngineOption> engines;
    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the baseline.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FOLDER",
            description = "Runs that \"llm-perf run\" made, in place of new ones.")
    private @Nullable Path made;

    @Mixin
    private BaselinesOption option = new BaselinesOption();

    @Mixin
    private ComparisonOption comparison = new ComparisonOption();

    @Mixin
    private ApiJarOption api = new ApiJarOption();

    @Mixin
    private SessionOption kept = new SessionOption("runs");

    @Mixin
    private ConsentOption consent = new ConsentOption();

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "The service to load. Default: the one that was recorded.")
    private @Nullable String baseUrl;

    @SuppressWarnings("NullAway.Init")
    CheckCommand(List<? extends EngineOption> engines, Interruption interruption) {
        this.engines = engines;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws InterruptedException {
        Baselines baselines = option.baselines();
        Baseline baseline = baselines.read(name);
        List<ComparedRun> before = SavedRuns.in(baselines.folder(name).resolve(Side.BASELINE.label()));
        return made == null
                ? runAndCompare(baseline, before)
                : tell(Comparison.of(before, SavedRuns.in(made), comparison.rules()));
    }

    private int runAndCompare(Baseline baseline, List<ComparedRun> before) throws InterruptedException {
        PrintWriter out = comparison.messages();
        RepeatableRun run = RepeatableRun.of(baseline);
        Scenario only = run.only();
        GateSession session = session(baseline.runs());
        RunOrder first = order(run, only, session.folder());
        refuseOtherContent(baseline, first);
        EngineChoice choice = run.choose(engines);
        ScenarioRunner runner = new ScenarioRunner(
                choice, Clock.systemUTC(), consent.prompt(out).onceFor(session.size()));
        Inspection inspection = runner.inspect(first);
        ScenarioOption.requireRunnable(inspection);
        GateRunner check = new GateRunner(
                session,
                before,
                comparison.rules(),
                interruption,
                comparison.style(),
                out,
                "the same command with --out " + session.folder() + " --resume");
        check.announce("baseline " + name + ", " + only.name() + ": " + baseline.runs() + " in all", inspection);
        ExitCode end = check.run(
                each -> order(run, only, session.folder(each)),
                (order, progress) -> runner.measure(order, inspection, new WithoutSummary(progress)));
        return end == ExitCode.OK ? tell(check.comparison()) : end.value();
    }

    private int tell(Comparison compared) {
        return comparison.tell(compared, spec.commandLine().getOut());
    }

    private RunOrder order(RepeatableRun run, Scenario only, Path folder) {
        URI service = baseUrl == null ? null : ServiceOption.url("--base-url", baseUrl);
        return run.order(only, folder, service, api.jar());
    }

    private GateSession session(int runs) {
        Path folder = kept.folder().orElseGet(() -> NewFolder.named("baseline-" + name));
        return kept.resume()
                ? GateSession.resume(folder, GateOrder.CANDIDATE_ALONE, runs)
                : GateSession.in(folder, GateOrder.CANDIDATE_ALONE, runs);
    }

    /** The comparison would refuse it too, after runs that take their time. */
    private void refuseOtherContent(Baseline baseline, RunOrder order) {
        String hash = order.scriptHash();
        if (hash != null
                && baseline.scriptHash() != null
                && !hash.equals(baseline.scriptHash())
                && !comparison.rules().allowed().contains(CONTENT)) {
            throw new PerfException(
                    ExitCode.NOT_COMPARABLE,
                    "The script, or the descriptor that it reads, has changed since baseline \"" + name
                            + "\" was recorded (" + baseline.scriptHash() + " then, " + hash
                            + " now): record another baseline, or compare nevertheless with --allow=" + CONTENT + ".");
        }
    }
}
