package io.bookstore.k6.run;

import io.bookstore.k6.run.RunPlan.Stage;
import java.util.List;

/**
 * The moments at which iterations start along stages: the integral of the rate reaches 1, 2, 3 and so on. It remembers the
 * stage of the last answer, so indexes have to rise.
 */
public final class ArrivalRamp {
    private static final double TOLERANCE = 1e-9;

    private final double unitNanos;
    private final List<Stage> stages;
    private int stage;
    private double rateBefore;
    private double iterationsBefore;
    private double offsetBefore;

    /**
     * @param startRate rate at the beginning of the first stage
     * @param unitNanos the time in which as many iterations start as a rate says
     */
    public ArrivalRamp(double startRate, double unitNanos, List<Stage> stages) {
        this.unitNanos = unitNanos;
        this.stages = stages;
        this.rateBefore = startRate;
    }

    /** The offset of the {@code index}-th start in nanoseconds, from 0 on; negative when there is none any more. */
    public long startOf(long index) {
        double wanted = index + 1;
        while (stage < stages.size()) {
            double length = stages.get(stage).duration().toNanos();
            double rate = stages.get(stage).target();
            double iterations = (rateBefore + rate) / 2 * length / unitNanos;
            if (iterationsBefore + iterations + TOLERANCE >= wanted && iterations > 0) {
                double offset = offsetOf((wanted - iterationsBefore) * unitNanos, rate, length);
                return Math.round(offsetBefore + Math.min(length, offset));
            }
            iterationsBefore += iterations;
            offsetBefore += length;
            rateBefore = rate;
            stage++;
        }
        return -1;
    }

    /** Solves {@code rateBefore * x + (rate - rateBefore) / (2 * length) * x^2 = area} for x. */
    private double offsetOf(double area, double rate, double length) {
        double curve = (rate - rateBefore) / (2 * length);
        double root = Math.sqrt(Math.max(0, rateBefore * rateBefore + 4 * curve * area));
        // This form stays exact when the curve is (almost) a straight line.
        return 2 * area / (rateBefore + root);
    }
}
