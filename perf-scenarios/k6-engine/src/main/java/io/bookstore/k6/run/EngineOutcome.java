package io.bookstore.k6.run;

import org.jspecify.annotations.Nullable;

/**
 * The end of a run.
 *
 * @param exitCode k6's exit code; a number, since k6 has more of them than a local run should end with
 * @param problem  one sentence that says what went wrong and what to do, followed by the further lines of a script error;
 *                 null for exit code 0, and for 99 unless a threshold stopped the run before its end
 */
public record EngineOutcome(int exitCode, @Nullable String problem) {

    /** The first line of the problem; null if there is none. */
    public @Nullable String sentence() {
        return problem == null ? null : problem.lines().findFirst().orElse("");
    }
}
