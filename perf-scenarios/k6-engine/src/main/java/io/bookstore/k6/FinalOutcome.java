package io.bookstore.k6;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.script.ScriptFault;
import io.bookstore.k6.vu.RunControl;
import java.util.Optional;

/** Chooses the outcome among several reasons to fail: the script counts more than the measurements. */
final class FinalOutcome {
    private FinalOutcome() {}

    static EngineOutcome of(RunControl control, Optional<ScriptFault> fault, boolean thresholdsCrossed) {
        Optional<RunControl.Stop> stop = control.reason();
        if (stop.isPresent() && stop.get().exitCode() != K6ExitCode.THRESHOLDS_CROSSED) {
            return stop.get().outcome();
        }
        if (fault.isPresent()) {
            return fault.get().exitCode().outcome(fault.get().sentence());
        }
        if (control.failure().isPresent()) {
            return K6ExitCode.MARKED_AS_FAILED.outcome(
                    "The script marked the test as failed: " + control.failure().get() + ".");
        }
        return stop.map(RunControl.Stop::outcome)
                .orElseGet(() -> (thresholdsCrossed ? K6ExitCode.THRESHOLDS_CROSSED : K6ExitCode.PASSED).outcome(null));
    }
}
