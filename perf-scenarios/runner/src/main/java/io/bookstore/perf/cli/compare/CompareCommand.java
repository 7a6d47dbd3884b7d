package io.bookstore.perf.cli.compare;

import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.run.SavedRuns;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = {
            "Says whether a candidate is better, the same or worse than a baseline.",
            "It takes at least six pairs of runs; docs/compare.md explains the method."
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
public final class CompareCommand implements Callable<Integer> {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "BASELINE",
            description = "A folder that \"llm-perf run\" wrote, or one that holds several.")
    private Path baseline = Path.of("");

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "The same for the side that is judged.")
    private Path candidate = Path.of("");

    @Mixin
    private ComparisonOption options = new ComparisonOption();

    @SuppressWarnings("NullAway.Init")
    public CompareCommand() {}

    @Override
    public Integer call() {
        Comparison comparison = Comparison.of(SavedRuns.in(baseline), SavedRuns.in(candidate), options.rules());
        return options.tell(comparison, spec.commandLine().getOut());
    }
}
