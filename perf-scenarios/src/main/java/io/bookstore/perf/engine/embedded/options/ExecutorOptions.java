package io.bookstore.perf.engine.embedded.options;

import java.time.Duration;
import java.util.List;

/** The fields that belong to one kind of executor only. */
public sealed interface ExecutorOptions {

    /** k6's name of the executor. */
    String name();

    /** The regular duration without grace period; for iteration executors, their maximum. */
    Duration duration();

    /** The largest number of virtual users it may ever hold. */
    int maxVus();

    /** How many virtual users have to be there when it starts. */
    default int initialVus() {
        return maxVus();
    }

    default List<Stage> stages() {
        return List.of();
    }

    record SharedIterations(int vus, long iterations, Duration maxDuration) implements ExecutorOptions {
        @Override
        public String name() {
            return "shared-iterations";
        }

        @Override
        public Duration duration() {
            return maxDuration;
        }

        @Override
        public int maxVus() {
            return vus;
        }
    }

    record PerVuIterations(int vus, long iterations, Duration maxDuration) implements ExecutorOptions {
        @Override
        public String name() {
            return "per-vu-iterations";
        }

        @Override
        public Duration duration() {
            return maxDuration;
        }

        @Override
        public int maxVus() {
            return vus;
        }
    }

    record ConstantVus(int vus, Duration duration) implements ExecutorOptions {
        @Override
        public String name() {
            return "constant-vus";
        }

        @Override
        public int maxVus() {
            return vus;
        }
    }

    record RampingVus(int startVus, List<Stage> stages, Duration gracefulRampDown) implements ExecutorOptions {
        public RampingVus {
            stages = List.copyOf(stages);
        }

        @Override
        public String name() {
            return "ramping-vus";
        }

        @Override
        public Duration duration() {
            return total(stages);
        }

        @Override
        public int maxVus() {
            return Math.max(
                    startVus, stages.stream().mapToInt(Stage::target).max().orElse(0));
        }
    }

    record ConstantArrivalRate(int rate, Duration timeUnit, Duration duration, int preAllocatedVus, int maxVus)
            implements ExecutorOptions {
        @Override
        public String name() {
            return "constant-arrival-rate";
        }

        @Override
        public int initialVus() {
            return preAllocatedVus;
        }
    }

    record RampingArrivalRate(int startRate, Duration timeUnit, List<Stage> stages, int preAllocatedVus, int maxVus)
            implements ExecutorOptions {
        public RampingArrivalRate {
            stages = List.copyOf(stages);
        }

        @Override
        public String name() {
            return "ramping-arrival-rate";
        }

        @Override
        public Duration duration() {
            return total(stages);
        }

        @Override
        public int initialVus() {
            return preAllocatedVus;
        }
    }

    private static Duration total(List<Stage> stages) {
        return stages.stream().map(Stage::duration).reduce(Duration.ZERO, Duration::plus);
    }
}
