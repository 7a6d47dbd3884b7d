package io.bookstore.k6.run;

import io.bookstore.k6.run.RunPlan.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * The moments at which a ramp changes its number of virtual users: the instants at which the straight line between two stages reaches the next
 * whole number, upwards and downwards.
 */
public final class VuRamp {

    /** @param offsetNanos from the start of the scenario */
    public record Step(long offsetNanos, int target) {}

    private VuRamp() {}

    /**
     * The steps in order of time, the start included; a virtual user that is due at the very end is never started.
     *
     * @param start virtual users at the beginning of the first stage
     */
    public static List<Step> steps(int start, List<Stage> stages) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(0, start));
        long offset = 0;
        int from = start;
        long end = RunPlan.total(stages).toNanos();
        for (Stage stage : stages) {
            long length = stage.duration().toNanos();
            int distance = Math.abs(stage.target() - from);
            int direction = Integer.signum(stage.target() - from);
            for (int k = 1; k <= distance; k++) {
                long at = offset + Math.round(length * (k / (double) distance));
                if (direction < 0 || at < end) {
                    steps.add(new Step(at, from + direction * k));
                }
            }
            offset += length;
            from = stage.target();
        }
        return steps;
    }
}
