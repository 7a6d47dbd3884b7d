package io.bookstore.perf.junit;

import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Why a scenario fails its test. Each of k6's exit codes has a class, which a build server shows as the failure's type; a
 * run that crossed several thresholds fails with one {@link ThresholdCrossed} for each.
 */
public abstract sealed class ScenarioFailure extends AssertionError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private ScenarioFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** k6's number, or the runner's own for what k6 does not know. */
    public int exitCode() {
        return exitCode;
    }

    /** What the result has against it; empty if it ended as expected. */
    static List<ScenarioFailure> of(RunResult result, int expected) {
        int exitCode = result.verdict().exitCode();
        List<ScenarioFailure> failures = new ArrayList<>();
        if (exitCode == expected) {
            return failures;
        }
        String problem = Optional.ofNullable(result.verdict().problem())
                .orElse(result.verdict().reason());
        String sentence = expected == 0 ? problem : "expected exit code %d: %s".formatted(expected, problem);
        boolean onlyThresholds = exitCode == 99 && !result.crossed().isEmpty();
        if (!onlyThresholds) {
            failures.add(failure(exitCode, sentence));
        }
        result.crossed().forEach(threshold -> failures.add(new ThresholdCrossed(threshold)));
        return failures;
    }

    private static ScenarioFailure failure(int exitCode, String sentence) {
        return switch (exitCode) {
            case 0 -> new UnexpectedlyPassed(sentence);
            case 100 -> new SetupTimedOut(sentence);
            case 101 -> new TeardownTimedOut(sentence);
            case 104 -> new InvalidOptions(sentence);
            case 105 -> new Interrupted(sentence);
            case 107 -> new ScriptError(sentence);
            case 108 -> new AbortedByScript(sentence);
            case 110 -> new MarkedAsFailed(sentence);
            default -> new RunFailed(exitCode, sentence);
        };
    }

    /** 99: the run went to its end, and a limit did not hold. */
    public static final class ThresholdCrossed extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient ThresholdResult threshold;

        ThresholdCrossed(ThresholdResult threshold) {
            super(99, threshold.sentence());
            this.threshold = threshold;
        }

        /** The limit, and what was measured. */
        public ThresholdResult threshold() {
            return threshold;
        }
    }

    /** 0, where another end was expected. */
    public static final class UnexpectedlyPassed extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        UnexpectedlyPassed(String sentence) {
            super(0, sentence);
        }
    }

    /** 100: {@code setup()} took too long. */
    public static final class SetupTimedOut extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        SetupTimedOut(String sentence) {
            super(100, sentence);
        }
    }

    /** 101: {@code teardown()} took too long. */
    public static final class TeardownTimedOut extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        TeardownTimedOut(String sentence) {
            super(101, sentence);
        }
    }

    /** 104: options, scenarios or thresholds of the script cannot be. */
    public static final class InvalidOptions extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        InvalidOptions(String sentence) {
            super(104, sentence);
        }
    }

    /** 105: stopped from outside. */
    public static final class Interrupted extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        Interrupted(String sentence) {
            super(105, sentence);
        }
    }

    /** 107: the script does not parse, or its init code, {@code setup()} or {@code teardown()} threw. */
    public static final class ScriptError extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        ScriptError(String sentence) {
            super(107, sentence);
        }
    }

    /** 108: the script called {@code exec.test.abort()}. */
    public static final class AbortedByScript extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        AbortedByScript(String sentence) {
            super(108, sentence);
        }
    }

    /** 110: the script called {@code exec.test.fail()}. */
    public static final class MarkedAsFailed extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        MarkedAsFailed(String sentence) {
            super(110, sentence);
        }
    }

    /** Anything else, such as 255 for a script without a function or 79 for a run stopped at its limit in dollars. */
    public static final class RunFailed extends ScenarioFailure {
        @Serial
        private static final long serialVersionUID = 1L;

        RunFailed(int exitCode, String sentence) {
            super(exitCode, sentence);
        }
    }
}
