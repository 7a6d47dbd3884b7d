package io.bookstore.k6.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The knowledge that an engine has of a script before it runs.
 *
 * @param plan       the plan of the script; null if the engine finds out only when it runs
 * @param thresholds expressions by metric, with its tag filter if it has one
 * @param problem    the reason why it could not run, as {@link EngineRun#await()} would have it; null if nothing is known against it
 */
public record Inspection(
        @Nullable RunPlan plan,
        Map<String, List<String>> thresholds,
        @Nullable EngineOutcome problem) {

    /** The inspection of an engine that cannot look without running. */
    public static final Inspection NONE = new Inspection(null, Map.of(), null);

    public Optional<RunPlan> known() {
        return Optional.ofNullable(plan);
    }
}
