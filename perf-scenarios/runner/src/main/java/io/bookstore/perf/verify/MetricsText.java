package io.bookstore.perf.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The series of GenAI metrics on a page in Prometheus' text format, or in OpenMetrics. */
record MetricsText(List<Series> series) {

    private static final Pattern label = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]++|\\\\.)*+)\"");

    // A label's value may have a brace, so the end of the labels is the first one outside of quotation marks.
    private static final Pattern line =
            Pattern.compile("(?m)^(gen_ai_\\w+)(?:\\{((?:[^\"}]++|\"(?:[^\"\\\\]++|\\\\.)*+\")*+)})?\\s+(\\S+)");

    /** @param name with its suffix, such as {@code _bucket} */
    record Series(String name, Map<String, String> labels, double value) {

        /** The name of the metric that this is a series of. */
        String metric() {
            return name.replaceFirst("_(bucket|count|sum|max|total|created)$", "");
        }
    }

    static MetricsText parse(String page) {
        List<Series> series = new ArrayList<>();
        Matcher found = line.matcher(page);
        while (found.find()) {
            series.add(new Series(found.group(1), labels(found.group(2)), value(found.group(3))));
        }
        return new MetricsText(List.copyOf(series));
    }

    private static Map<String, String> labels(@Nullable String text) {
        Map<String, String> labels = new HashMap<>();
        if (text != null) {
            Matcher found = label.matcher(text);
            while (found.find()) {
                labels.put(found.group(1), found.group(2));
            }
        }
        return labels;
    }

    /** Prometheus writes infinity as Go does. */
    static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> number(text);
        };
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }
}
