package io.bookstore.perf.cli.run;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.Inspection;
import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.cli.terminal.Terminal;
import io.bookstore.perf.compare.CompareRules;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.report.GoodputSection;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.run.Installation;
import io.bookstore.perf.run.MergedRun;
import io.bookstore.perf.run.ResultFolder;
import io.bookstore.perf.run.SavedRequests;
import io.bookstore.perf.run.SavedRuns;
import io.bookstore.perf.scenario.Scenario;
import io.bookstore.perf.scenario.Scenarios;
import io.bookstore.perf.slo.Rejudged;
import io.bookstore.perf.slo.Slo;
import io.bookstore.perf.slo.SloText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description = {
            "Writes report.html, summary.md and metrics.csv again from a folder of results, or of a suite.",
            "From the folders of several load generators that shared a run it writes one result, with",
            "limits judged over all of their samples together."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  llm-perf report reports/ai-smoke-20261125-180000    draw it again",
            "  llm-perf report reports/after --baseline reports/before  with a comparison",
            "  llm-perf report reports/after --slo llm.e2e=4s      by other limits",
            "  llm-perf report host1/ host2/ --out both            two folders as one run",
            "  llm-perf report --scenario ai-load 1.jsonl 2.jsonl  logs of two pods as one"
        })
public final class ReportCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "A folder that \"llm-perf run\" wrote, or k6's samples (--out json).")
    private List<Path> paths = List.of();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "Whose limits and plan count for files of samples. Default: what the folders have.")
    private @Nullable String scenario;

    @Option(
            names = "--baseline",
            paramLabel = "FOLDER",
            description = "Runs that each report drawn again compares its folder with, as \"llm-perf compare\" does.")
    private @Nullable Path baseline;

    @Option(
            names = "--slo",
            paramLabel = "LIMITS",
            description =
                    "Limits of single requests to judge the run by, as \"llm-perf run --slo\" takes them; the verdict and"
                            + " summary.json of the run stay.")
    private @Nullable String slo;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Folder for a merged result. Default: reports/merged.")
    private Path output = Path.of("reports", "merged");

    @SuppressWarnings("NullAway.Init")
    public ReportCommand() {}

    @Override
    public Integer call() {
        paths.forEach(ReportCommand::requireExisting);
        Slo limits = slo == null ? Slo.NONE : SloText.parse("--slo", slo);
        if (paths.size() == 1 && scenario == null && !Files.isRegularFile(paths.get(0))) {
            Comparison compared = compared(paths.get(0));
            SavedRuns.folders(paths.get(0)).forEach(folder -> drawAgain(folder, compared, limits));
            return ExitCode.OK.value();
        }
        if (baseline != null) {
            throw new PerfException(
                    ExitCode.USAGE,
                    "--baseline goes with one folder of runs, was given with a result that is merged: draw the merged"
                            + " result again with it.");
        }
        RunResult result = MergedRun.of(paths, scenario == null ? "merged" : scenario, inspection(), limits);
        ResultPrinter printer = new ResultPrinter(
                ProgressStyle.detect(Terminal.attached(), System.getenv(), Terminal.charset()),
                spec.commandLine().getOut());
        printer.print(result);
        ResultFolder.write(result, output);
        spec.commandLine().getOut().println("report " + output.resolve(HtmlReport.NAME));
        return result.verdict().exitCode();
    }

    private static void requireExisting(Path path) {
        if (path.toString().isEmpty()) {
            throw new PerfException(ExitCode.USAGE, "PATH must be a folder or file, was \"\".");
        }
        if (!Files.exists(path)) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "There is no file or folder " + path
                            + ": name a folder that \"llm-perf run\" wrote, or samples of k6.");
        }
    }

    private @Nullable Comparison compared(Path folder) {
        return baseline == null
                ? null
                : Comparison.of(SavedRuns.in(baseline), SavedRuns.in(folder), new CompareRules(Map.of(), Set.of()));
    }

    private void drawAgain(Path folder, @Nullable Comparison compared, Slo limits) {
        Path summary = folder.resolve(SummaryFile.NAME);
        Path report = folder.resolve(HtmlReport.NAME);
        try {
            RunResult result = SummaryFile.read(summary);
            Rejudged rejudged = slo == null ? null : SavedRequests.judge(folder, result, limits);
            ResultFolder.draw(result, compared, rejudged, folder);
            if (rejudged != null) {
                spec.commandLine().getOut().println(GoodputSection.line(rejudged.goodput()));
            }
        } catch (IOException e) {
            throw new PerfException(ExitCode.NO_INPUT, "Cannot draw " + summary + ": " + e.getMessage() + ".");
        }
        spec.commandLine().getOut().println(report);
    }

    private Inspection inspection() {
        if (scenario == null) {
            return Inspection.NONE;
        }
        Path scripts = Installation.locate(null, null).scripts();
        Scenario named = Scenarios.in(scripts).named(scenario).get(0);
        Path script = scripts.resolve(named.script());
        return new EmbeddedEngine().inspect(new EngineRequest(script, named.env(), Path.of(".")));
    }
}
