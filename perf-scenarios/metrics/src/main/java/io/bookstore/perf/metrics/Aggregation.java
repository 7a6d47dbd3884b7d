package io.bookstore.perf.metrics;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function that makes one number of a metric's samples.
 *
 * @param name       as written, for example {@code p(95)}
 * @param percentile 0 to 100; NaN unless the aggregation is a percentile
 */
public record Aggregation(String name, double percentile) {
    private static final Pattern PERCENTILE = Pattern.compile("p\\(\\s*(\\d+(?:\\.\\d+)?|\\.\\d+)\\s*\\)");

    /** Empty when no metric has an aggregation of this name, or the percentile lies outside 0 to 100. */
    public static Optional<Aggregation> parse(String text) {
        if (Set.of("count", "rate", "value", "avg", "min", "max").contains(text)) {
            return Optional.of(new Aggregation(text, Double.NaN));
        }
        if (text.equals("med")) {
            return Optional.of(new Aggregation(text, 50));
        }
        Matcher matcher = PERCENTILE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        double percentile = Double.parseDouble(matcher.group(1));
        return percentile <= 100 ? Optional.of(new Aggregation(text, percentile)) : Optional.empty();
    }

    /** Returns whether a threshold may use it on this type; {@code count} of a trend is for summaries only. */
    public boolean fits(MetricType type) {
        return switch (type) {
            case COUNTER -> name.equals("count") || name.equals("rate");
            case GAUGE -> name.equals("value");
            case RATE -> name.equals("rate");
            case TREND -> !Set.of("count", "rate", "value").contains(name);
        };
    }
}
