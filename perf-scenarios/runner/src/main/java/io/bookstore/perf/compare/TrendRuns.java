package io.bookstore.perf.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * The runs of a scenario whose figures make one line: those that count in a comparison, and that agree with the newest in all
 * facts in which two sides of a comparison must agree.
 *
 * @param runs  in the order of their start
 * @param other how many runs of the scenario are left out
 */
public record TrendRuns(List<ComparedRun> runs, int other) {

    /** @param ofOneScenario at least one */
    public static TrendRuns of(List<ComparedRun> ofOneScenario) {
        List<ComparedRun> counting = RunSelection.of("history", ofOneScenario).runs();
        List<ComparedRun> alike = new ArrayList<>();
        for (ComparedRun run : counting) {
            ComparedRun newest = counting.get(counting.size() - 1);
            if (Fingerprint.differences(List.of(newest, run)).isEmpty()) {
                alike.add(run);
            }
        }
        return new TrendRuns(List.copyOf(alike), ofOneScenario.size() - alike.size());
    }
}
