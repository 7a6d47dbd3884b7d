package io.bookstore.k6.options;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as k6 writes them: {@code 1h2m3.5s}, {@code 500ms}, or a bare number of milliseconds. */
public final class DurationText {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h|d)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ns", BigDecimal.ONE,
            "us", BigDecimal.valueOf(1_000L),
            "µs", BigDecimal.valueOf(1_000L),
            "μs", BigDecimal.valueOf(1_000L),
            "ms", BigDecimal.valueOf(1_000_000L),
            "s", BigDecimal.valueOf(1_000_000_000L),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L),
            "d", BigDecimal.valueOf(86_400_000_000_000L));

    private DurationText() {}

    /** Reads a duration with its sign; empty when the text is none. */
    public static Optional<Duration> parse(String text) {
        if (NUMBER.matcher(text).matches()) {
            return Optional.of(ofMillis(Double.parseDouble(text)));
        }
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher matcher = PART.matcher(rest);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            BigDecimal unit = NANOS.getOrDefault(matcher.group(2), BigDecimal.ONE);
            nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(unit));
            end = matcher.end();
        }
        if (end == 0 || end != rest.length()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(negative ? -nanos.longValue() : nanos.longValue()));
    }

    /** The duration in seconds, such as {@code 90s} or {@code 0.5s}. */
    public static String of(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return seconds == Math.rint(seconds) ? (long) seconds + "s" : seconds + "s";
    }

    /** A bare number of milliseconds, fractions included. */
    public static Duration ofMillis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
