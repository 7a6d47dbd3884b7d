package io.bookstore.perf.promql;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The metrics of {@code metrics.yaml}, and the series that each of them has.
 *
 * @param metrics by name, in the order of the file
 */
public record MetricCatalogue(Map<String, Metric> metrics) {

    /** Labels that Prometheus itself puts on every series that it scrapes. */
    public static final Set<String> SCRAPE_LABELS = Set.of("job", "instance");

    /** The source of the series that Prometheus makes of each scrape. */
    public static final String PROMETHEUS = "prometheus";

    /**
     * An entry of the file.
     *
     * @param type    counter, gauge, summary or histogram
     * @param from    the part of a service that emits it
     * @param appears the event before which it has no series, such as {@code with the first streamed answer}; null if
     *                traffic is enough
     */
    public record Metric(
            String name,
            String type,
            String from,
            String meaning,
            Set<String> labels,
            @Nullable String appears) {

        public Metric {
            labels = Set.copyOf(labels);
        }

        /** The series of the metric with their labels, such as {@code x_bucket}, {@code x_sum} and {@code x_count}. */
        public Map<String, Set<String>> series() {
            Map<String, Set<String>> series = new HashMap<>();
            for (String suffix : suffixes()) {
                Set<String> all = new TreeSet<>(labels);
                if (suffix.equals("_bucket")) {
                    all.add("le");
                }
                series.put(name + suffix, all);
            }
            return series;
        }

        private List<String> suffixes() {
            return switch (type) {
                case "counter", "gauge" -> List.of("");
                case "summary" -> List.of("_sum", "_count", "_max");
                case "histogram" -> List.of("_bucket", "_sum", "_count", "_max");
                default ->
                    throw new IllegalArgumentException(
                            "the type of " + name + " must be counter, gauge, summary or histogram, was " + type);
            };
        }
    }

    /** Reads the text of {@code metrics.yaml}. */
    public static MetricCatalogue parse(String yaml) {
        Map<String, Map<String, Object>> entries = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        Map<String, Metric> metrics = new LinkedHashMap<>();
        entries.forEach((name, entry) -> metrics.put(name, metric(name, entry)));
        return new MetricCatalogue(metrics);
    }

    /** The metric that a series is of; empty if there is none. */
    public Optional<Metric> metricOf(String series) {
        return metrics.values().stream()
                .filter(metric -> metric.series().containsKey(series))
                .findFirst();
    }

    /** The labels of a series, those of the scrape included; empty if there is no such series. */
    public Optional<Set<String>> labelsOf(String series) {
        return metricOf(series).map(metric -> {
            Set<String> labels = new TreeSet<>(metric.series().getOrDefault(series, Set.of()));
            labels.addAll(SCRAPE_LABELS);
            return labels;
        });
    }

    private static Metric metric(String name, Map<String, Object> entry) {
        Set<String> labels = new TreeSet<>();
        ((List<?>) entry.getOrDefault("labels", List.of())).forEach(label -> labels.add(String.valueOf(label)));
        return new Metric(
                name,
                String.valueOf(entry.get("type")),
                String.valueOf(entry.get("from")),
                String.valueOf(entry.get("meaning")),
                labels,
                (String) entry.get("appears"));
    }
}
