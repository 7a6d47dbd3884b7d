package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param exitCode k6's exit code
 * @param problem  one sentence on what went wrong; null if the run went to its end
 * @param partial  whether the run was cut short, so that its figures describe only a part of the plan
 */
public record Verdict(int exitCode, @Nullable String problem, boolean partial) {

    private static final int PASSED = 0;
    private static final int THRESHOLDS_CROSSED = 99;
    private static final int MARKED_FAILED = 110;
    private static final int NOTHING_MEASURED = 65;

    /** The verdict for an engine's exit code and its sentence. */
    public static Verdict of(int exitCode, @Nullable String problem) {
        boolean wentToItsEnd = exitCode == PASSED
                || exitCode == MARKED_FAILED
                || exitCode == NOTHING_MEASURED
                || (exitCode == THRESHOLDS_CROSSED && problem == null);
        return new Verdict(exitCode, problem, !wentToItsEnd);
    }

    /** Whether every threshold held and nothing else went wrong. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public boolean passed() {
        return exitCode == PASSED;
    }

    /** Why the run ended as it did, in a few words. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String reason() {
        return switch (exitCode) {
            case PASSED -> "passed";
            case THRESHOLDS_CROSSED -> "thresholds crossed";
            case 100 -> "setup timed out";
            case 101 -> "teardown timed out";
            case 104 -> "invalid options";
            case NOTHING_MEASURED -> "nothing measured";
            case 79 -> "stopped at its limit in dollars";
            case 105 -> "interrupted";
            case 107 -> "script error";
            case 108 -> "aborted by the script";
            case MARKED_FAILED -> "marked as failed by the script";
            default -> "failed with exit code " + exitCode;
        };
    }
}
