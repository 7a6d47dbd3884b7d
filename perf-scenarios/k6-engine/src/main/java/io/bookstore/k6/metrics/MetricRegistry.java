package io.bookstore.k6.metrics;

import io.bookstore.perf.metrics.BuiltInMetrics;
import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Every metric of a run by name: k6's own and those the script's init code declared. Thread-safe. */
public final class MetricRegistry {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{1,127}");

    private final ConcurrentHashMap<String, Metric> metrics = new ConcurrentHashMap<>();

    public MetricRegistry() {
        BuiltInMetrics.ALL.forEach(metric -> metrics.put(metric.name(), metric));
        metrics.put(BuiltInMetrics.SSE_EVENT.name(), BuiltInMetrics.SSE_EVENT);
    }

    /**
     * The metric of that name, made on first sight; every virtual user declares the same ones.
     *
     * @throws IllegalArgumentException when the name is not allowed or taken by a metric of another kind
     */
    public Metric declare(String name, MetricType type, boolean isTime) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("metric name '" + name
                    + "' must have 2 to 128 ASCII letters, digits or '_' and must not start with a digit");
        }
        Metric wanted = new Metric(name, type, isTime ? "time" : "default");
        Metric known = metrics.putIfAbsent(name, wanted);
        if (known == null) {
            return wanted;
        }
        boolean builtIn = BuiltInMetrics.ALL.contains(known) && known.type() == type;
        if (!builtIn && !known.equals(wanted)) {
            throw new IllegalArgumentException("metric '%s' is already declared as %s (%s), not %s (%s)"
                    .formatted(name, known.type(), known.contains(), type, wanted.contains()));
        }
        return known;
    }

    Optional<Metric> find(String name) {
        return Optional.ofNullable(metrics.get(name));
    }
}
