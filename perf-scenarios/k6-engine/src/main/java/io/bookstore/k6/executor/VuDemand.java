package io.bookstore.k6.executor;

import io.bookstore.k6.options.ScenarioOptions;
import java.time.Duration;
import java.util.List;

/** The number of virtual users that have to exist before the test starts. */
public final class VuDemand {
    private VuDemand() {}

    /** The most that scenarios need at the same time, grace periods included; those that do not overlap share. */
    public static int highest(List<ScenarioOptions> scenarios) {
        int highest = 0;
        for (ScenarioOptions moment : scenarios) {
            Duration start = moment.startTime();
            int atStart = scenarios.stream()
                    .filter(scenario -> scenario.startTime().compareTo(start) <= 0
                            && scenario.latestEnd().compareTo(start) > 0)
                    .mapToInt(scenario -> scenario.executor().initialVus())
                    .sum();
            highest = Math.max(highest, atStart);
        }
        return highest;
    }
}
