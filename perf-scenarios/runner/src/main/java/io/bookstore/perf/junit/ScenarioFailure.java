package io.bookstore.perf.junit;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.ThresholdResult;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The failure of a test whose scenario did not end as expected; {@link #reason()} says why. A run that crossed several
 * thresholds fails with one for each.
 */
public final class ScenarioFailure extends AssertionError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient @Nullable ThresholdResult threshold;

    private ScenarioFailure(int exitCode, String sentence, @Nullable ThresholdResult threshold) {
        super(sentence);
        this.exitCode = exitCode;
        this.threshold = threshold;
    }

    /** Returns the case against the result; empty if it ended as expected. */
    static List<ScenarioFailure> of(RunResult result, int expected) {
        int exitCode = result.verdict().exitCode();
        List<ScenarioFailure> failures = new ArrayList<>();
        if (exitCode == expected) {
            return failures;
        }
        String problem = Optional.ofNullable(result.verdict().problem())
                .orElse(result.verdict().reason());
        String sentence =
                expected == ExitCode.OK.value() ? problem : "expected exit code %d: %s".formatted(expected, problem);
        boolean onlyThresholds = exitCode == ExitCode.THRESHOLDS_CROSSED.value()
                && !result.crossed().isEmpty();
        if (!onlyThresholds) {
            failures.add(new ScenarioFailure(exitCode, sentence, null));
        }
        for (ThresholdResult crossed : result.crossed()) {
            failures.add(new ScenarioFailure(ExitCode.THRESHOLDS_CROSSED.value(), crossed.sentence(), crossed));
        }
        return failures;
    }

    /** k6's number, or the runner's own for an end that k6 does not know. */
    public int exitCode() {
        return exitCode;
    }

    /** The reason for the end, for a program; {@link ExitCode#OTHER} for a number that only k6 knows. */
    public ExitCode reason() {
        return ExitCode.of(exitCode).orElse(ExitCode.OTHER);
    }

    /** The crossed threshold and its measured value; empty for every other reason. */
    public Optional<ThresholdResult> threshold() {
        return Optional.ofNullable(threshold);
    }
}
