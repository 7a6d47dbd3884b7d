package io.bookstore.k6.run;

import java.time.Duration;
import java.util.List;

/**
 * The plan of a script, as its options say.
 *
 * @param scenarios            in the order of the script
 * @param minIterationDuration time that a virtual user takes for an iteration at least, waiting after its end; 0 for none
 */
public record RunPlan(List<Scenario> scenarios, Duration minIterationDuration) {

    public RunPlan {
        scenarios = List.copyOf(scenarios);
    }

    /** A plan without waiting between iterations. */
    public RunPlan(List<Scenario> scenarios) {
        this(scenarios, Duration.ZERO);
    }

    /** The moment when the last scenario ends, without its grace period. */
    public Duration duration() {
        return scenarios.stream()
                .map(scenario -> scenario.startTime().plus(scenario.duration()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * @param executor  k6's name, for example {@code ramping-vus}; {@code poisson-arrival-rate} and the like where a script has a
     *                  schedule of its own
     * @param startTime counted from the end of {@code setup()}
     * @param duration  the regular duration; for iteration executors, the maximum
     * @param start     the target at the beginning of the first stage; 0 without stages
     * @param stages    empty for executors without stages
     * @param peak      most virtual users, or arrivals a minute in an open loop
     * @param volume    the amount of load: iterations where they are counted or arrive at a rate, seconds of
     *                  virtual users otherwise
     */
    public record Scenario(
            String name,
            String executor,
            Duration startTime,
            Duration duration,
            int start,
            List<Stage> stages,
            int peak,
            double volume) {
        public Scenario {
            stages = List.copyOf(stages);
        }

        /** A scenario without stages. */
        public Scenario(String name, String executor, Duration startTime, Duration duration, int peak, double volume) {
            this(name, executor, startTime, duration, 0, List.of(), peak, volume);
        }

        /** True if the load keeps its pace when the service slows down (arrival-rate executors). */
        public boolean openLoop() {
            return executor.endsWith("-arrival-rate");
        }

        /** True if {@link #volume()} is iterations, false if it is seconds of virtual users. */
        public boolean countsIterations() {
            return openLoop() || executor.endsWith("-iterations");
        }
    }

    /** The area under the line that the stages draw, in targets times seconds. */
    public static double area(double start, List<Stage> stages) {
        double area = 0;
        double from = start;
        for (Stage stage : stages) {
            area += (from + stage.target()) / 2 * stage.duration().toNanos() / 1e9;
            from = stage.target();
        }
        return area;
    }

    /** The sum of the stages' durations. */
    public static Duration total(List<Stage> stages) {
        return stages.stream().map(Stage::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /** The highest target of the stages; 0 if there are none. */
    public static int highest(List<Stage> stages) {
        return stages.stream().mapToInt(Stage::target).max().orElse(0);
    }

    /** @param target virtual users, or iterations per time unit for arrival rates */
    public record Stage(Duration duration, int target) {}
}
