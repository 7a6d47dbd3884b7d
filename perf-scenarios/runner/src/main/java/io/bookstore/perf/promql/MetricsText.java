package io.bookstore.perf.promql;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pages of metrics in Prometheus' text format, or in OpenMetrics. */
public final class MetricsText {

    // Each begins where the one before it ended, so that no text is read twice.
    private static final Pattern label = Pattern.compile("\\G[,\\s]*+(\\w++)\\s*+=\\s*+\"((?:[^\"\\\\]++|\\\\.)*+)\"");

    // A label's value may have a brace, so the end of the labels is the first one outside of quotation marks.
    private static final Pattern line =
            Pattern.compile("([a-zA-Z_:][\\w:]*+)(?:\\{((?:[^\"}]++|\"(?:[^\"\\\\]++|\\\\.)*+\")*+)})?+\\s++(\\S++)");

    private MetricsText() {}

    /** @param name with its suffix, such as {@code _bucket} */
    public record Series(String name, Map<String, String> labels, double value) {

        public Series {
            labels = Map.copyOf(labels);
        }

        /** The name of the metric that this is a series of. */
        public String metric() {
            return name.replaceFirst("_(bucket|count|sum|max|total|created)$", "");
        }
    }

    /**
     * Reads the series of the names that are asked for, in the order of the page. Any other text is passed over. The time grows
     * with the length of the page alone, whatever it holds.
     */
    public static Stream<Series> series(String page, Predicate<String> names) {
        return page.lines()
                .map(line::matcher)
                .filter(found -> found.lookingAt() && names.test(found.group(1)))
                .map(found -> new Series(found.group(1), labels(found.group(2)), value(found.group(3))));
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

    /** Reads a number as Prometheus writes it: infinity as Go does. A text that is none is not a number. */
    public static double value(String text) {
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
