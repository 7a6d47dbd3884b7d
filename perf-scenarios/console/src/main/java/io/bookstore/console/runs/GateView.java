package io.bookstore.console.runs;

import io.bookstore.perf.cli.compare.CompareJson;
import io.bookstore.perf.cli.gate.GateJson;
import io.bookstore.perf.compare.ComparisonVerdict;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.facts.TargetFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A gate that has ended, as the API shows it.
 *
 * @param pairsWanted as in {@link GateJson}
 */
public record GateView(String scenario, int pairsWanted, List<GateJson.OfRun> runs, ComparisonView comparison) {

    /**
     * Shows it.
     *
     * @param record    null for a gate of the command line; the others are for it alone
     * @param baseline  the results of its sides, as far as they can be read
     */
    static RunView of(
            String id,
            @Nullable RunRecord record,
            GateJson answer,
            List<RunResult> baseline,
            List<RunResult> candidate) {
        CompareJson comparison = answer.comparison();
        GateView gate =
                new GateView(answer.scenario(), answer.pairsWanted(), answer.runs(), ComparisonView.of(comparison));
        return SavedSession.of(
                id,
                record,
                () -> request(answer, baseline, candidate),
                SavedSession.runs(baseline, candidate),
                comparison.exitCode(),
                comparison.sentence(),
                result(answer),
                null,
                gate);
    }

    /** The request that would have made a gate of the command line, as far as its files tell. */
    private static RunRequest request(GateJson answer, List<RunResult> baseline, List<RunResult> candidate) {
        Map<String, String> variables = candidate.isEmpty()
                ? new HashMap<>()
                : SavedRunList.request(candidate.get(0)).variables();
        return new RunRequest(
                answer.scenario(),
                null,
                variables,
                null,
                null,
                new GateRequest(address(baseline), address(candidate), answer.pairsWanted(), null, null, null));
    }

    /** The address of a service that ran already; null for one that the gate started. */
    private static @Nullable String address(List<RunResult> side) {
        return side.stream()
                .map(result -> result.run().target())
                .filter(target -> target.build() == null)
                .map(TargetFacts::baseUrl)
                .map(Object::toString)
                .findFirst()
                .orElse(null);
    }

    private static RunView.Result result(GateJson answer) {
        CompareJson comparison = answer.comparison();
        return new RunView.Result(
                comparison.verdict() == ComparisonVerdict.BETTER || comparison.verdict() == ComparisonVerdict.SAME,
                comparison.verdict() == ComparisonVerdict.INVALID,
                comparison.verdict().name(),
                List.of(),
                answer.runs().stream()
                        .map(GateJson.OfRun::requests)
                        .filter(Objects::nonNull)
                        .mapToLong(Long::longValue)
                        .sum(),
                null,
                null,
                null);
    }
}
