package io.bookstore.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The metrics of {@code metrics.yaml}, and the series that each of them has.
 *
 * @param metrics by name, in the order of the file
 */
record MetricCatalogue(Map<String, Metric> metrics) {

    /** Labels that Prometheus itself puts on every series that it scrapes. */
    static final Set<String> SCRAPE_LABELS = Set.of("job", "instance");

    /** An entry of the file; {@code type} is counter, gauge, summary or histogram. */
    record Metric(String name, String type, String from, String meaning, Set<String> labels) {

        Metric {
            labels = Set.copyOf(labels);
        }

        /** The series of the metric with their labels, such as {@code x_bucket}, {@code x_sum} and {@code x_count}. */
        Map<String, Set<String>> series() {
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

    static MetricCatalogue read() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        Repository.yaml("dashboards/metrics.yaml")
                .fields()
                .forEachRemaining(entry -> metrics.put(entry.getKey(), metric(entry.getKey(), entry.getValue())));
        return new MetricCatalogue(metrics);
    }

    /** The labels of a series, those of the scrape included; empty if there is no such series. */
    Optional<Set<String>> labelsOf(String series) {
        return metrics.values().stream()
                .flatMap(metric -> metric.series().entrySet().stream())
                .filter(entry -> entry.getKey().equals(series))
                .findFirst()
                .map(entry -> {
                    Set<String> labels = new TreeSet<>(entry.getValue());
                    labels.addAll(SCRAPE_LABELS);
                    return labels;
                });
    }

    private static Metric metric(String name, JsonNode entry) {
        Set<String> labels = new LinkedHashSet<>();
        entry.required("labels").forEach(label -> labels.add(label.asText()));
        return new Metric(
                name,
                entry.required("type").asText(),
                entry.required("from").asText(),
                entry.required("meaning").asText(),
                labels);
    }
}
