package io.bookstore.perf.run;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.perf.ExitCode;

/**
 * The end of a run whose script met a service that is not the described one. {@code k6/lib/prepare.js} aborts the test with a
 * sentence; each engine puts words of its own before it, and k6 has no exit code for that case.
 */
final class UnexpectedAnswer {

    // As k6/lib/unexpected.js has it.
    private static final String BEGIN = "Unexpected answer of ";

    private UnexpectedAnswer() {}

    /** The engine's outcome, or that of a service which answers otherwise than expected. */
    static EngineOutcome outcome(EngineOutcome engine) {
        String problem = engine.problem();
        int begin = problem == null ? -1 : problem.indexOf(BEGIN);
        return problem == null || begin < 0 || engine.exitCode() != K6ExitCode.ABORTED_BY_SCRIPT.value()
                ? engine
                : new EngineOutcome(
                        ExitCode.UNAVAILABLE.value(), problem.substring(begin).strip());
    }
}
