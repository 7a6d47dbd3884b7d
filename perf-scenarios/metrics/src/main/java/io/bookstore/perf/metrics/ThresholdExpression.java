package io.bookstore.perf.metrics;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code <aggregation> <operator> <number>}, checked against the type of its metric. */
public record ThresholdExpression(String text, Aggregation aggregation, String operator, double limit) {
    private static final Pattern FORM = Pattern.compile(
            "\\s*([a-zA-Z]+(?:\\s*\\([^)]*\\))?)\\s*(<=|>=|===|==|!=|<|>)\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*");

    /** @throws IllegalArgumentException with a sentence for the user if the text is malformed or does not fit the metric */
    public static ThresholdExpression parse(String key, Metric metric, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Threshold '%s' of '%s' is malformed; write it like 'p(95)<500'.".formatted(text, key));
        }
        Aggregation aggregation = Aggregation.parse(matcher.group(1).replaceAll("\\s", ""))
                .filter(known -> known.fits(metric.type()))
                .orElseThrow(() -> new IllegalArgumentException("Threshold '%s' of '%s' uses '%s'; a %s metric has %s."
                        .formatted(
                                text,
                                key,
                                matcher.group(1),
                                metric.type().name().toLowerCase(Locale.ROOT),
                                switch (metric.type()) {
                                    case COUNTER -> "count and rate";
                                    case GAUGE -> "value";
                                    case RATE -> "rate";
                                    case TREND -> "avg, min, med, max and p(0..100)";
                                })));
        return new ThresholdExpression(text, aggregation, matcher.group(2), Double.parseDouble(matcher.group(3)));
    }

    public boolean holds(double value) {
        return switch (operator) {
            case "<" -> value < limit;
            case "<=" -> value <= limit;
            case ">" -> value > limit;
            case ">=" -> value >= limit;
            case "!=" -> value != limit;
            default -> value == limit;
        };
    }
}
