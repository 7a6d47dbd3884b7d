package io.bookstore.console.service;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a chart, in the names of the kit's catalogue of metrics; or a line for each value of a label.
 *
 * @param name   empty for a line that stands alone, or is named by a label
 * @param suffix of the series that are read, such as {@code _bucket}; may be empty
 * @param labels patterns of the values that count, by label; that of a label which a series lacks is the empty text
 * @param by     the label whose values name the lines; null for one line by the name of this one
 */
record Line(
        String name,
        Measure measure,
        String metric,
        String suffix,
        Map<String, String> labels,
        @Nullable String by) {

    /** The way from the values of several series to that of a line. */
    enum Measure {
        SUM,
        LOWEST,

        /** The increase of counters. */
        RATE,

        /** The 95th percentile of a histogram. */
        P95
    }

    Line {
        labels = Map.copyOf(labels);
    }

    static Line rate(String name, String metric, String suffix) {
        return new Line(name, Measure.RATE, metric, suffix, Map.of(), null);
    }

    static Line p95(String name, String metric) {
        return new Line(name, Measure.P95, metric, "_bucket", Map.of(), null);
    }

    static Line sum(String name, String metric) {
        return new Line(name, Measure.SUM, metric, "", Map.of(), null);
    }

    static Line lowest(String name, String metric) {
        return new Line(name, Measure.LOWEST, metric, "", Map.of(), null);
    }

    Line where(String label, String pattern) {
        return new Line(name, measure, metric, suffix, Map.of(label, pattern), by);
    }

    Line by(String label) {
        return new Line(name, measure, metric, suffix, labels, label);
    }
}
