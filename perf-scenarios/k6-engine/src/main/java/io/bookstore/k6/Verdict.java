package io.bookstore.k6;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.script.ScriptFault;
import io.bookstore.k6.vu.RunControl;
import java.util.Optional;

/** Which of several reasons to fail a run ends with: what the script did counts more than what was measured. */
final class Verdict {
    private Verdict() {}

    static EngineOutcome of(RunControl control, Optional<ScriptFault> fault, boolean thresholdsCrossed) {
        Optional<RunControl.Stop> stop = control.reason();
        boolean stoppedByThreshold = stop.map(reason -> reason.exitCode() == K6ExitCode.THRESHOLDS_CROSSED)
                .orElse(false);
        if (stop.isPresent() && !stoppedByThreshold) {
            return new EngineOutcome(stop.get().exitCode(), stop.get().sentence());
        }
        if (fault.isPresent()) {
            return new EngineOutcome(fault.get().exitCode(), fault.get().sentence());
        }
        if (control.failure().isPresent()) {
            return new EngineOutcome(
                    K6ExitCode.MARKED_AS_FAILED,
                    "The script marked the test as failed: " + control.failure().get() + ".");
        }
        if (stop.isPresent()) {
            return new EngineOutcome(K6ExitCode.THRESHOLDS_CROSSED, stop.get().sentence());
        }
        return new EngineOutcome(thresholdsCrossed ? K6ExitCode.THRESHOLDS_CROSSED : K6ExitCode.PASSED, null);
    }
}
