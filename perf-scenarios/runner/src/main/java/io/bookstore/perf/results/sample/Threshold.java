package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.TagFilter;
import io.bookstore.perf.metrics.ThresholdExpression;

/**
 * A threshold as the end-of-test summary names it.
 *
 * @param key    metric with tag filter, as written
 * @param filter the same, taken apart
 */
record Threshold(String key, TagFilter filter, ThresholdExpression expression, boolean passed) {

    /** @throws IllegalArgumentException if key or expression is malformed */
    static Threshold parse(String key, String expression, boolean passed) {
        return new Threshold(key, TagFilter.parse(key), ThresholdExpression.parse(key, expression), passed);
    }

    String metric() {
        return filter.metric();
    }

    boolean isOfAPart() {
        return !filter.tags().isEmpty();
    }
}
