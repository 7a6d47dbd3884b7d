package io.bookstore.perf.cli;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.PerfException;
import io.bookstore.perf.compare.CompareRules;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.compare.ComparisonVerdict;
import io.bookstore.perf.progress.ProgressStyle;
import io.bookstore.perf.results.WholeFile;
import io.bookstore.perf.run.SavedRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = {
            "Says whether a candidate is better, the same or worse than a baseline, over",
            "at least six pairs of runs. docs/compare.md explains the method."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 0 if the candidate is not worse, 80 if it is, 81 if the runs must",
            "not be compared; 82 with --strict if the pairs do not decide.",
            "",
            "Examples:",
            "  llm-perf compare reports/before reports/after           several runs in each",
            "  llm-perf compare before after --margin p95=15           less strict with p95",
            "  llm-perf compare before after --margin llm_ttft.p95=10  judges one more",
            "  llm-perf compare before after --allow provider          on purpose",
            "  llm-perf compare before after --strict --markdown verdict.md"
        })
final class CompareCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "BASELINE",
            description = "A folder that \"llm-perf run\" wrote, or one that holds several.")
    private Path baseline = Path.of("");

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "The same for the side that is judged.")
    private Path candidate = Path.of("");

    @Option(
            names = "--margin",
            paramLabel = "METRIC=PERCENT",
            description = "Largest change that does not matter: p50, p95 or share for all judged metrics, or one metric"
                    + " by its name, which is judged then. Points for shares. Default: 5 for p50 and cost, 10 for p95, 1"
                    + " for shares.")
    private Map<String, Double> margins = new LinkedHashMap<>();

    @Option(
            names = "--allow",
            paramLabel = "FACT",
            description = "Compare although the runs differ in this fact, by its name in the refusal; may be repeated.")
    private Set<String> allowed = new LinkedHashSet<>();

    @Option(names = "--strict", description = "Exit with 82 if the pairs do not decide.")
    private boolean strict;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the comparison as Markdown too, for a pull request.")
    private @Nullable Path markdown;

    @Option(names = "--json", description = "Print the comparison as JSON.")
    private boolean json;

    @SuppressWarnings("NullAway.Init")
    CompareCommand() {}

    @Override
    public Integer call() {
        CompareRules rules = new CompareRules(margins, allowed);
        Comparison comparison = Comparison.of(SavedRuns.in(baseline), SavedRuns.in(candidate), rules);
        int exitCode = exitCode(comparison.verdict()).value();
        if (json) {
            spec.commandLine().getOut().println(Json.of(CompareJson.of(comparison, exitCode)));
        } else {
            new ComparisonPrinter(
                            ProgressStyle.detect(Terminal.attached(), System.getenv(), Terminal.charset()),
                            spec.commandLine().getOut())
                    .print(comparison);
        }
        if (markdown != null) {
            writeMarkdown(comparison, markdown);
        }
        return exitCode;
    }

    private ExitCode exitCode(ComparisonVerdict verdict) {
        return switch (verdict) {
            case BETTER, SAME -> ExitCode.OK;
            case WORSE -> ExitCode.WORSE;
            case INVALID -> ExitCode.NOT_COMPARABLE;
            case INCONCLUSIVE -> strict ? ExitCode.UNDECIDED : ExitCode.OK;
        };
    }

    private static void writeMarkdown(Comparison comparison, Path file) {
        try {
            WholeFile.write(file, beside -> Files.writeString(beside, ComparisonMarkdown.of(comparison)));
        } catch (IOException e) {
            throw new PerfException(
                    ExitCode.NO_INPUT,
                    "Cannot write " + file + " (" + e.getMessage() + "): name another file with --markdown.");
        }
    }
}
