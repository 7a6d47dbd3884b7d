package io.bookstore.k6.executor;

import io.bookstore.k6.run.RunPlan.Stage;
import java.time.Duration;
import java.util.List;

/** The moments at which iterations of an arrival-rate executor start. */
interface ArrivalSchedule {

    /** Offset of the {@code index}-th start in nanoseconds, from 0 on; negative when there is none any more. */
    long startOf(long index);

    /** Waits until a moment of {@link System#nanoTime}, not at all if it is over; false when the run is stopped before. */
    interface Wait {
        boolean until(long nanoTime) throws InterruptedException;
    }

    /**
     * Calls {@code start} at each moment; a start that is late is made up for at once, none is left out.
     *
     * @return false when the run was stopped before the last start
     */
    default boolean follow(long zeroNanos, Wait wait, Runnable start) throws InterruptedException {
        long offset;
        for (long index = 0; (offset = startOf(index)) >= 0; index++) {
            if (!wait.until(zeroNanos + offset)) {
                return false;
            }
            start.run();
        }
        return true;
    }

    /** Evenly spaced from 0 on, a start exactly at the end included. */
    static ArrivalSchedule of(ConstantArrivalRate options) {
        double period = options.timeUnit().toNanos() / (double) options.rate();
        long end = options.duration().toNanos();
        return index -> {
            long offset = Math.round(index * period);
            return offset <= end ? offset : -1;
        };
    }

    /** The moments at which the integral of the rate reaches 1, 2, 3 and so on. */
    static ArrivalSchedule of(RampingArrivalRate options) {
        return new Ramp(options.startRate(), options.timeUnit(), options.stages());
    }

    /** A schedule along stages. It remembers the stage of the last answer, so indexes have to rise. */
    final class Ramp implements ArrivalSchedule {
        private static final double TOLERANCE = 1e-9;

        private final double unitNanos;
        private final List<Stage> stages;
        private int stage;
        private double rateBefore;
        private double iterationsBefore;
        private double offsetBefore;

        Ramp(int startRate, Duration timeUnit, List<Stage> stages) {
            this.unitNanos = timeUnit.toNanos();
            this.stages = stages;
            this.rateBefore = startRate;
        }

        @Override
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
}
