package io.bookstore.simulator.openai;

import io.bookstore.simulator.limit.LimitReport;
import io.bookstore.simulator.limit.LimitState;
import io.bookstore.simulator.wire.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The headers of https://platform.openai.com/docs/guides/rate-limits#rate-limits-in-headers; tokens are counted together. */
final class OpenAiLimits {

    private OpenAiLimits() {}

    static Map<String, String> headers(LimitReport report) {
        return headers(report, OpenAiLimits::goDuration);
    }

    /** The same names, and the reset in whole seconds. */
    static Map<String, String> azureHeaders(LimitReport report) {
        return headers(report, duration -> String.valueOf(Refusal.wholeSeconds(duration)));
    }

    private static Map<String, String> headers(LimitReport report, Function<Duration, String> reset) {
        Map<String, String> headers = new TreeMap<>();
        put(headers, "requests", report.requests(), reset);
        put(headers, "tokens", report.tokens(), reset);
        return headers;
    }

    private static void put(
            Map<String, String> headers, String what, @Nullable LimitState state, Function<Duration, String> reset) {
        if (state != null) {
            headers.put("x-ratelimit-limit-" + what, String.valueOf(state.limit()));
            headers.put("x-ratelimit-remaining-" + what, String.valueOf(state.remaining()));
            headers.put("x-ratelimit-reset-" + what, reset.apply(state.untilFull()));
        }
    }

    /** Writes a duration as Go does, to the millisecond: {@code 12ms}, {@code 1.5s}, {@code 6m0s}, {@code 1h0m0s}. */
    static String goDuration(Duration duration) {
        long millis = duration.plusMillis(1).minusNanos(1).toMillis();
        if (millis < 1_000) {
            return millis + "ms";
        }
        long hours = millis / 3_600_000;
        long minutes = millis % 3_600_000 / 60_000;
        double seconds = millis % 60_000 / 1_000.0;
        String printed = seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
        return (hours == 0 ? "" : hours + "h") + (hours + minutes == 0 ? "" : minutes + "m") + printed + "s";
    }
}
