package io.bookstore.genai.spans;

import io.bookstore.perf.ExitCode;
import java.util.Map;

/**
 * The result of a judgement.
 *
 * @param judged       telemetry with a name of the conventions
 * @param others       telemetry without one
 * @param calls        the calls to models among the spans that were judged
 * @param foreignCalls the calls to models among the others, by the names of OpenInference or Traceloop
 * @param departures   each with the times that it was seen, in the order of the first time
 * @param uncounted    the times of departures beyond the most that are kept
 */
record Verdict(
        Counts judged, Counts others, long calls, long foreignCalls, Map<Departure, Long> departures, long uncounted) {

    /** An empty export must not pass: most often it means that the service sends to another place. */
    ExitCode exitCode() {
        if (judged.none()) {
            return ExitCode.NOTHING_MEASURED;
        }
        return departures.isEmpty() ? ExitCode.OK : ExitCode.THRESHOLDS_CROSSED;
    }

    /** Returns the verdict in a word. */
    String word() {
        return switch (exitCode()) {
            case OK -> "conforms";
            case THRESHOLDS_CROSSED -> "departs";
            default -> "nothing judged";
        };
    }
}
