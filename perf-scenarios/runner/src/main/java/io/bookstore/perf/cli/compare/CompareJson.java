package io.bookstore.perf.cli.compare;

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
 */
record CompareJson(
        int schemaVersion,
        ComparisonVerdict verdict,
        int exitCode,
        String sentence,
        @Nullable GrownPart grown,
        List<Comparison.PairedRuns> pairs,
        List<MetricComparison> metrics,
        List<String> refusals,
        List<String> notes) {

    static CompareJson of(Comparison comparison, int exitCode) {
        return new CompareJson(
                1,
                comparison.verdict(),
                exitCode,
                comparison.sentence(),
                comparison.grown(),
                comparison.pairs(),
                comparison.metrics(),
                comparison.refusals(),
                comparison.notes());
    }
}
