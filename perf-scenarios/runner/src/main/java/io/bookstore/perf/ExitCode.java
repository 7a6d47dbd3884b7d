package io.bookstore.perf;

/**
 * Exit codes of the runner itself, next to k6's own (0, 99 to 110, 255). The numbers follow sysexits.h where it has one
 * that fits, so they never collide with k6's.
 */
public enum ExitCode {
    /** Everything went well. */
    OK(0),
    /** One run of several crossed a threshold, as k6 says it. */
    THRESHOLDS_CROSSED(99),
    /** Ctrl-C or a termination signal, as k6 says it. */
    INTERRUPTED(105),
    /** Unknown command, option, scenario or engine. */
    USAGE(64),
    /** The run went to its end and measured nothing that could be judged. */
    NOTHING_MEASURED(65),
    /** A script, jar or result file is not there. */
    NO_INPUT(66),
    /** Nothing answers at the given base URL, or the engine asked for is not on this machine. */
    UNAVAILABLE(69),
    /** A defect of this program. */
    INTERNAL(70),
    /** The service could not be started: port taken, or it died. */
    CANNOT_START(71),
    /** Nobody agreed to what the run would cost. */
    NOT_AGREED(77),
    /** The run was stopped at its limit in dollars. */
    SPENT(79);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    /** The number that the process exits with. */
    public int value() {
        return value;
    }
}
