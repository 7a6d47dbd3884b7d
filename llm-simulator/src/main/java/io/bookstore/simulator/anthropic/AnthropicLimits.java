package io.bookstore.simulator.anthropic;

import io.bookstore.simulator.limit.LimitReport;
import io.bookstore.simulator.limit.LimitState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers of https://docs.claude.com/en/api/rate-limits#response-headers. */
final class AnthropicLimits {

    // "rounded to the nearest thousand", says the page.
    private static final long TOKEN_STEP = 1_000;

    private AnthropicLimits() {}

    static Map<String, String> headers(LimitReport report, Instant now) {
        Map<String, String> headers = new TreeMap<>();
        put(headers, "requests", report.requests(), 1, now);
        put(headers, "input-tokens", report.inputTokens(), TOKEN_STEP, now);
        put(headers, "output-tokens", report.outputTokens(), TOKEN_STEP, now);
        put(headers, "tokens", report.tokens(), TOKEN_STEP, now);
        return headers;
    }

    private static void put(
            Map<String, String> headers, String what, @Nullable LimitState state, long step, Instant now) {
        if (state == null) {
            return;
        }
        String prefix = "anthropic-ratelimit-" + what + "-";
        headers.put(prefix + "limit", String.valueOf(state.limit()));
        long rounded = (state.remaining() + step / 2) / step * step;
        headers.put(prefix + "remaining", String.valueOf(Math.min(state.limit(), rounded)));
        headers.put(
                prefix + "reset",
                now.plus(state.untilFull()).truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
