package io.bookstore.k6.run;

import org.jspecify.annotations.Nullable;

/** k6's exit codes, as far as a local run can end with them (grafana/k6: errext/exitcodes/codes.go). */
public enum K6ExitCode {
    PASSED(0),
    THRESHOLDS_CROSSED(99),
    SETUP_TIMEOUT(100),
    TEARDOWN_TIMEOUT(101),
    INVALID_CONFIGURATION(104),
    INTERRUPTED(105),
    SCRIPT_EXCEPTION(107),
    ABORTED_BY_SCRIPT(108),
    /** k6 panicked; here, a defect of the engine. */
    INTERNAL_ERROR(109),
    MARKED_AS_FAILED(110),
    /** Any other error, such as a script that is not there. */
    OTHER(255);

    private final int value;

    K6ExitCode(int value) {
        this.value = value;
    }

    /** The number that k6's process exits with. */
    public int value() {
        return value;
    }

    /** The outcome of a run that ends with this code; {@code problem} as {@link EngineOutcome#problem} has it. */
    public EngineOutcome outcome(@Nullable String problem) {
        return new EngineOutcome(value, problem);
    }
}
