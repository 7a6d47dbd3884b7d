package io.bookstore.perf.cli.compare;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.compare.Comparison;
import io.bookstore.perf.compare.ComparisonVerdict;
import io.bookstore.perf.compare.GrownPart;
import io.bookstore.perf.compare.MetricComparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that {@code llm-perf compare --json} prints; docs/compare.md documents it.
 *
 * @param schemaVersion rises when a reader would have to change
 * @param exitCode      of {@code llm-perf compare}
 */
public record CompareJson(
        int schemaVersion,
        ComparisonVerdict verdict,
        int exitCode,
        String sentence,
        @Nullable GrownPart grown,
        List<Comparison.PairedRuns> pairs,
        List<MetricComparison> metrics,
        List<String> refusals,
        List<String> notes) {

    /** @param strict true if pairs that do not decide are to have an exit code of their own */
    public static CompareJson of(Comparison comparison, boolean strict) {
        return new CompareJson(
                1,
                comparison.verdict(),
                exitCode(comparison.verdict(), strict).value(),
                comparison.sentence(),
                comparison.grown(),
                comparison.pairs(),
                comparison.metrics(),
                comparison.refusals(),
                comparison.notes());
    }

    private static ExitCode exitCode(ComparisonVerdict verdict, boolean strict) {
        return switch (verdict) {
            case BETTER, SAME -> ExitCode.OK;
            case WORSE -> ExitCode.WORSE;
            case INVALID -> ExitCode.NOT_COMPARABLE;
            case INCONCLUSIVE -> strict ? ExitCode.UNDECIDED : ExitCode.OK;
        };
    }
}
