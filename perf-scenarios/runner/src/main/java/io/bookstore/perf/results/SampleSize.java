package io.bookstore.perf.results;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of samples that a percentile needs: ten beyond it, without which it is the figure of single requests. */
public final class SampleSize {

    private static final int BEYOND = 10;
    private static final Pattern PERCENTILE = Pattern.compile("p\\(([0-9.]+)\\)");

    private SampleSize() {}

    /** Fewest samples for a percentile: 20 for p50, 200 for p95, 1,000 for p99. */
    public static long fewest(double percent) {
        return percent >= 100 ? 1 : (long) Math.ceil(BEYOND * 100 / (100 - percent) - 1e-6);
    }

    /** The percentage of {@code p(95)}; empty for another aggregation. */
    static OptionalDouble percent(String aggregation) {
        Matcher percentile = PERCENTILE.matcher(aggregation);
        return percentile.matches()
                ? OptionalDouble.of(Double.parseDouble(percentile.group(1)))
                : OptionalDouble.empty();
    }
}
