package io.bookstore.perf.results;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.ThresholdExpression;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A limit and how the run stood against it.
 *
 * @param metric      name of the metric, with its tag filter if it has one: {@code http_req_duration{scenario:ai}}
 * @param expression  the threshold as the script has it: {@code p(95)<8000}
 * @param aggregation the left-hand side: {@code p(95)}
 * @param operator    {@code <}, {@code <=}, {@code >}, {@code >=}, {@code ==}, {@code ===} or {@code !=}
 * @param limit       the right-hand side, in the metric's unit
 * @param actual      the measured value; null if it could not be determined
 * @param type        the metric's type: {@code counter}, {@code gauge}, {@code rate} or {@code trend}; null if it is one of the
 *                    script's own and had no sample
 * @param contains    the metric's unit: {@code time} is milliseconds, {@code data} bytes
 * @param passed      the engine's own verdict, which counts even where {@code actual} is rounded
 * @param samples     number of samples behind {@code actual}; null if it is not known
 */
public record ThresholdResult(
        String metric,
        String expression,
        String aggregation,
        String operator,
        double limit,
        @Nullable Double actual,
        @Nullable String type,
        String contains,
        boolean passed,
        @Nullable Long samples) {

    /** A result behind which nobody counted the samples. */
    public ThresholdResult(
            String metric,
            String expression,
            String aggregation,
            String operator,
            double limit,
            @Nullable Double actual,
            @Nullable String type,
            String contains,
            boolean passed) {
        this(metric, expression, aggregation, operator, limit, actual, type, contains, passed, null);
    }

    private static final int SIGNIFICANT_DIGITS = 5;

    /** Says what was measured against what limit, for a person: {@code p(95) of llm_ttft was 812.4 ms, limit is < 500 ms}. */
    public String sentence() {
        return "%s of %s was %s, limit is %s %s"
                .formatted(
                        aggregation, metric, actual == null ? "not measured" : amount(actual), operator, amount(limit));
    }

    private String amount(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        String digits = new BigDecimal(value)
                .round(new MathContext(SIGNIFICANT_DIGITS))
                .stripTrailingZeros()
                .toPlainString();
        return switch (contains) {
            case "time" -> digits + " ms";
            case "data" -> digits + " bytes";
            default -> digits;
        };
    }

    /** Returns whether nothing was measured that could have crossed the limit: the engine then counts it as held. */
    @JsonIgnore
    public boolean unmeasured() {
        return passed && actual == null;
    }

    /** Returns whether no measurement can cross it: counts, times and sizes are never below 0, and a share never above 1. */
    public boolean alwaysHolds() {
        boolean share = "rate".equals(type);
        boolean never = share
                || "counter".equals(type)
                || aggregation.equals("count")
                || aggregation.equals("rate")
                || contains.equals("time")
                || contains.equals("data");
        double lowest = never ? 0 : Double.NEGATIVE_INFINITY;
        double highest = share ? 1 : Double.POSITIVE_INFINITY;
        return switch (operator) {
            case ">=" -> limit <= lowest;
            case ">" -> limit < lowest;
            case "<=" -> limit >= highest;
            case "<" -> limit > highest;
            default -> false;
        };
    }

    /** Returns whether the limit is on a percentile that has too few samples to tell more than where it may be. */
    @JsonIgnore
    public boolean indicative() {
        Long known = samples;
        return known != null && actual != null && known < samplesNeeded();
    }

    /** Fewest samples with which the percentile means something; 1 for another aggregation. */
    @JsonIgnore
    public long samplesNeeded() {
        OptionalDouble percent = SampleSize.percent(aggregation);
        return percent.isPresent() ? SampleSize.fewest(percent.getAsDouble()) : 1;
    }

    /**
     * The distance to the limit as a share of it, positive on the good side; null if there is no distance to speak of: no
     * actual value, a limit of zero, or a test for equality.
     */
    public @Nullable Double margin() {
        if (actual == null || limit == 0) {
            return null;
        }
        return switch (operator) {
            case "<", "<=" -> (limit - actual) / Math.abs(limit);
            case ">", ">=" -> (actual - limit) / Math.abs(limit);
            default -> null;
        };
    }

    /**
     * The same, judged here by the measured value. Without a sample a rate has passed, and anything else was 0, as k6 has
     * it.
     */
    ThresholdResult judged() {
        @Nullable MetricType known = type == null ? null : MetricType.valueOf(type.toUpperCase(Locale.ROOT));
        MetricType judgedAs = known != null ? known : aggregation.equals("rate") ? MetricType.RATE : MetricType.TREND;
        return new ThresholdResult(
                metric,
                expression,
                aggregation,
                operator,
                limit,
                actual,
                type,
                contains,
                ThresholdExpression.parse(metric, expression).holds(judgedAs, actual),
                samples);
    }
}
