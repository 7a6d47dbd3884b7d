package io.bookstore.perf;

import io.bookstore.k6.run.K6ExitCode;
import java.util.Arrays;
import java.util.Optional;

/**
 * The exit codes of {@code llm-perf}: k6's own, under k6's numbers, and those of the runner. The runner's numbers follow
 * sysexits.h where it has one that fits, so they never collide with k6's.
 *
 * <p>The help text and the README list these codes from here.
 */
public enum ExitCode {
    OK(K6ExitCode.PASSED, Side.NOBODY, "passed", "every limit held, and something was measured"),
    THRESHOLDS_CROSSED(
            K6ExitCode.THRESHOLDS_CROSSED,
            Side.SERVICE,
            "thresholds crossed",
            "a limit was crossed; capacity: the lowest rate does not hold; check-spans: departs from the conventions"),
    SETUP_TIMEOUT(K6ExitCode.SETUP_TIMEOUT, Side.SCRIPT, "setup timed out", "setup() took too long"),
    TEARDOWN_TIMEOUT(K6ExitCode.TEARDOWN_TIMEOUT, Side.SCRIPT, "teardown timed out", "teardown() took too long"),
    INVALID_CONFIGURATION(
            K6ExitCode.INVALID_CONFIGURATION, Side.SCRIPT, "invalid options", "the script's options are wrong"),
    INTERRUPTED(K6ExitCode.INTERRUPTED, Side.CALLER, "interrupted", "interrupted (Ctrl-C, SIGTERM)"),
    SCRIPT_EXCEPTION(K6ExitCode.SCRIPT_EXCEPTION, Side.SCRIPT, "script error", "the script threw, or does not parse"),
    ABORTED_BY_SCRIPT(
            K6ExitCode.ABORTED_BY_SCRIPT, Side.SCRIPT, "aborted by the script", "the script called test.abort()"),
    ENGINE_DEFECT(K6ExitCode.INTERNAL_ERROR, Side.PERF, "the embedded engine has a defect"),
    MARKED_AS_FAILED(
            K6ExitCode.MARKED_AS_FAILED,
            Side.SCRIPT,
            "marked as failed by the script",
            "the script called test.fail()"),
    OTHER(
            K6ExitCode.OTHER,
            Side.SCRIPT,
            "anything else that k6 has no code for, such as a script without a function to run"),
    USAGE(64, Side.CALLER, "unknown command, option, scenario, engine, target or variable, or one with a bad value"),
    NOTHING_MEASURED(
            65,
            Side.SCRIPT,
            "nothing measured",
            "nothing was measured: no iteration came to its end, no limit on a rate or trend had a sample, or all iterations"
                    + " threw and there is no such limit; check-spans: no call came"),
    NO_INPUT(66, Side.CALLER, "a script, jar or result is not there, or the results cannot be written"),
    UNAVAILABLE(
            69,
            Side.MACHINE,
            "not the service that was expected",
            "nothing answers at BASE_URL, or not as TARGET describes, or the engine asked for is not here"),
    INTERNAL(70, Side.PERF, "llm-perf has a defect"),
    CANNOT_START(71, Side.SERVICE, "the API could not be started"),
    NOT_AGREED(
            77,
            Side.CALLER,
            "the run would cost money, or adapt overwrite what was changed by hand, and nobody agreed"),
    SPENT(79, Side.CALLER, "stopped at its limit in dollars", "stopped at --max-usd"),
    WORSE(80, Side.SERVICE, "compare, gate, baseline: a metric of the candidate is worse by more than its margin"),
    NOT_COMPARABLE(
            81, Side.CALLER, "compare, gate, baseline: the runs must not be compared, or a judged metric is INVALID"),
    UNDECIDED(
            82,
            Side.CALLER,
            "compare, gate, baseline with --strict: the pairs do not decide; capacity: no rate certainly holds"),
    INVALID(
            83,
            Side.MACHINE,
            "not a valid measurement",
            "the run went to its end, but its figures must not be judged: the generator, the simulator or a clock spoilt them"),
    WRONG_USAGE(
            84,
            Side.SERVICE,
            "tokens or cost do not add up",
            "the answers told other tokens or cost than the service's metrics or the simulator's journal have"),
    DIFFERS(
            85,
            Side.CALLER,
            "adapt --check: the files are not what adapt would write; prices --compare: the lists differ");

    private final int value;
    private final Side side;
    private final String reason;
    private final String meaning;

    ExitCode(K6ExitCode code, Side side, String meaning) {
        this(code.value(), side, meaning);
    }

    ExitCode(K6ExitCode code, Side side, String reason, String meaning) {
        this(code.value(), side, reason, meaning);
    }

    ExitCode(int value, Side side, String meaning) {
        this(value, side, "failed with exit code " + value, meaning);
    }

    ExitCode(int value, Side side, String reason, String meaning) {
        this.value = value;
        this.side = side;
        this.reason = reason;
        this.meaning = meaning;
    }

    /** The side at fault: the first place to look. */
    public enum Side {
        NOBODY("nobody"),
        SERVICE("service"),
        SCRIPT("script"),
        CALLER("caller"),
        MACHINE("machine"),
        PERF("llm-perf");

        private final String label;

        Side(String label) {
            this.label = label;
        }

        /** The word that the README has for it. */
        public String label() {
            return label;
        }
    }

    /** The exit code of that number; empty for a number that only k6 knows. */
    public static Optional<ExitCode> of(int value) {
        return Arrays.stream(values()).filter(code -> code.value == value).findFirst();
    }

    /** The number that the process exits with. */
    public int value() {
        return value;
    }

    /** The side at fault. */
    public Side side() {
        return side;
    }

    /** The reason for the end of the run, in a few words. */
    public String reason() {
        return reason;
    }

    /** The case in which a run ends so, for the help text and the README. */
    public String meaning() {
        return meaning;
    }
}
