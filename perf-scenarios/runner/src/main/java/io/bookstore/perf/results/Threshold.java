package io.bookstore.perf.results;

import io.bookstore.perf.metrics.Sample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A threshold as the end-of-test summary names it.
 *
 * @param key        metric with tag filter, as written
 * @param metric     the metric alone
 * @param tags       what a sample must carry to count
 */
record Threshold(
        String key,
        String metric,
        Map<String, String> tags,
        String expression,
        String aggregation,
        String operator,
        double limit,
        boolean passed) {

    private static final Pattern filtered = Pattern.compile("([^{]+)\\{(.*)}");
    private static final Pattern comparison = Pattern.compile("\\s*(.+?)\\s*(<=|<|>=|>|===|==|!=)\\s*(\\S+)\\s*");

    static Threshold parse(String key, String expression, boolean passed) {
        Matcher name = filtered.matcher(key);
        boolean hasFilter = name.matches();
        Matcher parts = comparison.matcher(expression);
        if (!parts.matches()) {
            throw new IllegalArgumentException("threshold must be an aggregation, an operator and a number, was \""
                    + expression + "\" for " + key);
        }
        return new Threshold(
                key,
                hasFilter ? name.group(1).strip() : key,
                hasFilter ? tags(name.group(2)) : Map.of(),
                expression,
                parts.group(1).replace(" ", ""),
                parts.group(2),
                Double.parseDouble(parts.group(3)),
                passed);
    }

    boolean counts(Sample sample) {
        return sample.metric().equals(metric) && sample.tags().entrySet().containsAll(tags.entrySet());
    }

    private static Map<String, String> tags(String filter) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String pair : filter.split(",", -1)) {
            // A value may hold colons itself: group:::books means the group "::books".
            int colon = pair.indexOf(':');
            if (colon > 0) {
                tags.put(unquoted(pair.substring(0, colon)), unquoted(pair.substring(colon + 1)));
            }
        }
        return tags;
    }

    private static String unquoted(String text) {
        String stripped = text.strip();
        boolean quoted = stripped.length() >= 2
                && (stripped.startsWith("\"") && stripped.endsWith("\"")
                        || stripped.startsWith("'") && stripped.endsWith("'"));
        return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
    }
}
