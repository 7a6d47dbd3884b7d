package io.bookstore.k6.metrics;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A metric, or the part of it that a tag filter selects, with everything it has received. */
final class Series {
    private final String name;
    private final Metric metric;
    private final Map<String, String> filter;
    private final Sink sink;
    private final List<Threshold> thresholds = new ArrayList<>();

    Series(String name, Metric metric, Map<String, String> filter) {
        this.name = name;
        this.metric = metric;
        this.filter = filter;
        this.sink = Sink.of(metric.type());
    }

    String name() {
        return name;
    }

    Metric metric() {
        return metric;
    }

    Map<String, String> filter() {
        return filter;
    }

    Sink sink() {
        return sink;
    }

    List<Threshold> thresholds() {
        return thresholds;
    }
}
