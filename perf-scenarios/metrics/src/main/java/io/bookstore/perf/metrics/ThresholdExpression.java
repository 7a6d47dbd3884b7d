package io.bookstore.perf.metrics;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A limit on one metric: {@code p(95)<500}.
 *
 * @param text        as written
 * @param aggregation its left side, without blanks
 * @param operator    {@code <}, {@code <=}, {@code >}, {@code >=}, {@code ==}, {@code ===} or {@code !=}
 * @param limit       in the metric's unit
 */
public record ThresholdExpression(String text, String aggregation, String operator, double limit) {
    private static final Pattern FORM = Pattern.compile(
            "\\s*([a-zA-Z]+(?:\\s*\\([^)]*\\))?)\\s*(<=|>=|===|==|!=|<|>)\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*");

    /**
     * @param key the metric with its tag filter, for the sentence
     * @throws IllegalArgumentException with a sentence for the user if the text is malformed
     */
    public static ThresholdExpression parse(String key, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Threshold '%s' of '%s' is malformed; write it like 'p(95)<500'.".formatted(text, key));
        }
        return new ThresholdExpression(
                text, matcher.group(1).replaceAll("\\s", ""), matcher.group(2), Double.parseDouble(matcher.group(3)));
    }

    /**
     * @param key as in {@link #parse}
     * @throws IllegalArgumentException with a sentence for the user if a metric of this type has no such aggregation
     */
    public Aggregation aggregationOf(MetricType type, String key) {
        return aggregationOf(type)
                .orElseThrow(() -> new IllegalArgumentException("Threshold '%s' of '%s' uses '%s'; a %s metric has %s."
                        .formatted(
                                text,
                                key,
                                aggregation,
                                type.name().toLowerCase(Locale.ROOT),
                                switch (type) {
                                    case COUNTER -> "count and rate";
                                    case GAUGE -> "value";
                                    case RATE -> "rate";
                                    case TREND -> "avg, min, med, max and p(0..100)";
                                })));
    }

    /** The aggregation, if a metric of this type has it. */
    public Optional<Aggregation> aggregationOf(MetricType type) {
        return Aggregation.parse(aggregation).filter(known -> known.fits(type));
    }

    /**
     * Judges a measured value. Without a sample a rate holds and everything else counts as 0, as in k6.
     *
     * @param value null if there was no sample
     */
    public boolean holds(MetricType type, @Nullable Double value) {
        if (value == null) {
            return type == MetricType.RATE || holds(0);
        }
        return holds(value.doubleValue());
    }

    private boolean holds(double value) {
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
