package io.bookstore.perf.progress;

import io.bookstore.k6.run.RunPlan;
import java.time.Duration;
import java.util.List;

/**
 * The progress of a run.
 *
 * @param stage in words, empty where the plan has no stages
 */
record Position(Duration elapsed, Duration total, String stage) {

    static Position of(RunPlan plan, Duration elapsed) {
        return new Position(elapsed, plan.duration(), stage(plan, elapsed));
    }

    double share() {
        return total.isZero() ? 0 : Math.min(1, (double) elapsed.toMillis() / total.toMillis());
    }

    Duration left() {
        Duration left = total.minus(elapsed);
        return left.isNegative() ? Duration.ZERO : left;
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
