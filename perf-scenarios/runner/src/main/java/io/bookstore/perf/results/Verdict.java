package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.bookstore.perf.ExitCode;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run.
 *
 * @param exitCode k6's exit code, or one of the runner's
 * @param problem  one sentence on what went wrong; null if the run went to its end
 * @param partial  true if the run was cut short, so that its figures describe only a part of the plan
 */
public record Verdict(int exitCode, @Nullable String problem, boolean partial) {

    /** The verdict for an engine's exit code and its sentence. */
    public static Verdict of(int exitCode, @Nullable String problem) {
        boolean wentToItsEnd = switch (ExitCode.of(exitCode).orElse(ExitCode.OTHER)) {
            case OK, MARKED_AS_FAILED, NOTHING_MEASURED, INVALID, WRONG_USAGE -> true;
            // With a problem, the threshold stopped the run.
            case THRESHOLDS_CROSSED -> problem == null;
            default -> false;
        };
        return new Verdict(exitCode, problem, !wentToItsEnd);
    }

    /** True if every threshold held and nothing else went wrong. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public boolean passed() {
        return exitCode == ExitCode.OK.value();
    }

    /** True if the figures must not be judged, for the measurement itself was spoilt. */
    @JsonIgnore
    public boolean invalid() {
        return exitCode == ExitCode.INVALID.value();
    }

    /** The reason why the run ended as it did, in a few words. */
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String reason() {
        return ExitCode.of(exitCode).map(ExitCode::reason).orElseGet(() -> "failed with exit code " + exitCode);
    }
}
