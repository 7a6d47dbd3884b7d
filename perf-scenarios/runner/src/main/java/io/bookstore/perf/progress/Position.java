package io.bookstore.perf.progress;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.Quantity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run.
 *
 * @param course the time so far, or that and the iterations, with the planned amount where it is known
 * @param left   the time that is left; null if it is unknown
 * @param share  the part that is done, 0 to 1; null if nothing tells how much there is to do
 * @param stage  in words, empty where the plan has no stages
 */
record Position(
        String course, @Nullable Duration left, @Nullable Double share, String stage) {

    /** @param iterations those that have come to their end */
    static Position of(RunPlan plan, Duration elapsed, long iterations) {
        String time = Figures.clock(elapsed);
        String stage = stage(plan, elapsed);
        List<RunPlan.Scenario> timed = plan.scenarios().stream()
                .filter(scenario -> !isCounted(scenario))
                .toList();
        Duration total = plan.duration();
        if (new RunPlan(timed).duration().equals(total)) {
            Duration left = total.minus(elapsed);
            return new Position(
                    time + " of " + Figures.clock(total),
                    left.isNegative() ? Duration.ZERO : left,
                    total.isZero() ? 0 : Math.min(1, (double) elapsed.toMillis() / total.toMillis()),
                    stage);
        }
        if (timed.isEmpty()) {
            double all = plan.scenarios().stream()
                    .mapToDouble(RunPlan.Scenario::volume)
                    .sum();
            return new Position(
                    "%s, %d of %s".formatted(time, iterations, Quantity.count(Math.round(all), "iteration")),
                    null,
                    Math.min(1, iterations / all),
                    stage);
        }
        return new Position(time, null, null, stage);
    }

    /** Iterations that are counted may be done at any time: their duration is only the longest. */
    private static boolean isCounted(RunPlan.Scenario scenario) {
        return scenario.countsIterations() && !scenario.openLoop();
    }

    /** The stages of the scenario that began last: in a run of several it is the one whose turn it is. */
    private static String stage(RunPlan plan, Duration elapsed) {
        RunPlan.Scenario current = null;
        for (RunPlan.Scenario scenario : plan.scenarios()) {
            if (scenario.startTime().compareTo(elapsed) <= 0) {
                current = scenario;
            }
        }
        return current == null || current.stages().isEmpty() ? "" : stage(current, elapsed.minus(current.startTime()));
    }

    private static String stage(RunPlan.Scenario scenario, Duration elapsed) {
        List<RunPlan.Stage> stages = scenario.stages();
        Duration end = Duration.ZERO;
        for (int index = 0; index < stages.size(); index++) {
            end = end.plus(stages.get(index).duration());
            if (elapsed.compareTo(end) < 0) {
                String unit = scenario.openLoop() ? "iterations" : "users";
                return "stage %d/%d to %d %s"
                        .formatted(index + 1, stages.size(), stages.get(index).target(), unit);
            }
        }
        return "finishing";
    }
}
