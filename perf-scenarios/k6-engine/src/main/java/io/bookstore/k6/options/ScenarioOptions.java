package io.bookstore.k6.options;

import java.time.Duration;
import java.util.Map;

/**
 * A scenario of a script.
 *
 * @param startTime    counted from the end of {@code setup()}
 * @param gracefulStop the time that running iterations may go on after the regular end
 * @param exec         name of the exported function
 */
public record ScenarioOptions(
        String name,
        ExecutorOptions executor,
        Duration startTime,
        Duration gracefulStop,
        String exec,
        Map<String, String> env,
        Map<String, String> tags) {
    public ScenarioOptions {
        env = Map.copyOf(env);
        tags = Map.copyOf(tags);
    }

    /** The last moment at which one of its iterations may still run, from the end of {@code setup()}. */
    public Duration latestEnd() {
        return startTime.plus(executor.duration()).plus(gracefulStop);
    }
}
