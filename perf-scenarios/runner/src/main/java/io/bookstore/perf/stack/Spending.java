package io.bookstore.perf.stack;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cost of calls to a provider since the service started, as the service tells it.
 *
 * @param requests calls with a known cost; 0 if the service does not say
 */
public record Spending(long requests, double usd) {

    private static final Pattern cost = series("llm_cost_usd_total");
    private static final Pattern calls = series("gen_ai_client_operation_duration_seconds_count");

    static Spending of(String metrics) {
        return new Spending(Math.round(sum(calls, metrics)), sum(cost, metrics));
    }

    private static Pattern series(String name) {
        return Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})?\\s+([0-9.eE+-]+)");
    }

    private static double sum(Pattern series, String metrics) {
        Matcher line = series.matcher(metrics);
        double sum = 0;
        while (line.find()) {
            sum += Double.parseDouble(line.group(1));
        }
        return sum;
    }
}
