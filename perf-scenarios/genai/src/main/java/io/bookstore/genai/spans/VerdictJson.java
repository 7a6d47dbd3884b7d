package io.bookstore.genai.spans;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A verdict as {@code --json} prints it; unknown members are absent.
 *
 * @param verdict        {@code conforms}, {@code departs} or {@code nothing judged}
 * @param notJudged      telemetry without a name of the conventions
 * @param callsNotJudged the calls among them, by the names of OpenInference or Traceloop
 * @param moreDepartures the times of departures beyond those listed
 */
record VerdictJson(
        int schemaVersion,
        int exitCode,
        String verdict,
        List<String> conventions,
        Counts judged,
        long callsJudged,
        Counts notJudged,
        long callsNotJudged,
        List<OfDeparture> departures,
        long moreDepartures) {

    record OfDeparture(
            String rule,
            String subject,
            String detail,
            long times,
            @Nullable String service,
            @Nullable String traceId,
            @Nullable String spanId) {

        private static OfDeparture of(Map.Entry<Departure, Long> seen) {
            Departure departure = seen.getKey();
            return new OfDeparture(
                    departure.finding().rule().name().toLowerCase(Locale.ROOT),
                    departure.finding().subject(),
                    departure.finding().detail(),
                    seen.getValue(),
                    orNull(departure.service()),
                    orNull(departure.traceId()),
                    orNull(departure.spanId()));
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    static VerdictJson of(Verdict verdict, List<String> conventions) {
        return new VerdictJson(
                1,
                verdict.exitCode().value(),
                verdict.word(),
                conventions,
                verdict.judged(),
                verdict.calls(),
                verdict.others(),
                verdict.foreignCalls(),
                verdict.departures().entrySet().stream().map(OfDeparture::of).toList(),
                verdict.uncounted());
    }
}
