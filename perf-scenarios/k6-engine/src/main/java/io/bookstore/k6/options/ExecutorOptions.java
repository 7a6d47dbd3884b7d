package io.bookstore.k6.options;

import io.bookstore.k6.run.RunPlan;
import java.time.Duration;
import java.util.List;

/** The fields that belong to one kind of executor only. */
public sealed interface ExecutorOptions {

    /** k6's name of the executor. */
    String name();

    /** The regular duration without grace period; for iteration executors, their maximum. */
    Duration duration();

    /** Most virtual users at work, or arrivals a minute. */
    int peak();

    /** Iterations where they are counted or arrive at a rate, seconds of virtual users otherwise. */
    double volume();

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

        @Override
        public int peak() {
            return vus;
        }

        @Override
        public double volume() {
            return iterations;
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

        @Override
        public int peak() {
            return vus;
        }

        @Override
        public double volume() {
            return (double) vus * iterations;
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

        @Override
        public int peak() {
            return vus;
        }

        @Override
        public double volume() {
            return vus * seconds(duration);
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
            return Math.max(startVus, highest(stages));
        }

        @Override
        public int peak() {
            return maxVus();
        }

        @Override
        public double volume() {
            return RunPlan.area(startVus, planned(stages));
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

        @Override
        public int peak() {
            return perMinute(rate, timeUnit);
        }

        @Override
        public double volume() {
            return rate * seconds(duration) / seconds(timeUnit);
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

        @Override
        public int peak() {
            return perMinute(Math.max(startRate, highest(stages)), timeUnit);
        }

        @Override
        public double volume() {
            return RunPlan.area(startRate, planned(stages)) / seconds(timeUnit);
        }
    }

    private static Duration total(List<Stage> stages) {
        return stages.stream().map(Stage::duration).reduce(Duration.ZERO, Duration::plus);
    }

    private static int highest(List<Stage> stages) {
        return stages.stream().mapToInt(Stage::target).max().orElse(0);
    }

    private static int perMinute(int rate, Duration timeUnit) {
        return (int) Math.round(rate * 60 / seconds(timeUnit));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** The stages as a plan has them. */
    static List<RunPlan.Stage> planned(List<Stage> stages) {
        return stages.stream()
                .map(stage -> new RunPlan.Stage(stage.duration(), stage.target()))
                .toList();
    }
}
