package io.bookstore.perf.engine;

import java.time.Duration;
import java.util.List;

/**
 * What a script is going to do, as its options say.
 *
 * @param scenarios in the order of the script
 */
public record RunPlan(List<Scenario> scenarios) {

    public RunPlan {
        scenarios = List.copyOf(scenarios);
    }

    /** When the last scenario ends, without its grace period. */
    public Duration duration() {
        return scenarios.stream()
                .map(scenario -> scenario.startTime().plus(scenario.duration()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /**
     * @param executor  k6's name, for example {@code ramping-vus}
     * @param startTime counted from the end of {@code setup()}
     * @param duration  the regular duration; for iteration executors, the maximum
     * @param stages    empty for executors without stages
     */
    public record Scenario(String name, String executor, Duration startTime, Duration duration, List<Stage> stages) {
        public Scenario {
            stages = List.copyOf(stages);
        }

        /** Whether the load keeps its pace when the service slows down (arrival-rate executors). */
        public boolean openLoop() {
            return executor.endsWith("-arrival-rate");
        }
    }

    /** @param target virtual users, or iterations per time unit for arrival rates */
    public record Stage(Duration duration, int target) {}
}
