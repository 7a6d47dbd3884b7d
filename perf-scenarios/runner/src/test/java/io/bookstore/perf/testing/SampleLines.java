package io.bookstore.perf.testing;

import io.bookstore.perf.metrics.Metric;
import io.bookstore.perf.metrics.MetricType;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.metrics.SampleSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds a samples file line by line, in the literal shape that {@code k6 run --out json} writes. */
public final class SampleLines implements SampleSink {

    private final StringBuilder lines = new StringBuilder();
    private final Map<String, String> announced = new LinkedHashMap<>();

    public SampleLines metric(String name, String type, String contains) {
        if (announced.put(name, type) == null) {
            lines.append(
                    "{\"type\":\"Metric\",\"data\":{\"name\":\"%s\",\"type\":\"%s\",\"contains\":\"%s\",\"thresholds\":[],\"submetrics\":null},\"metric\":\"%s\"}%n"
                            .formatted(name, type, contains, name));
        }
        return this;
    }

    /** @param tags {@code "name=summary", "status=200"} */
    public SampleLines point(String metric, Instant time, double value, String... tags) {
        String json = Stream.of(tags)
                .map(tag -> tag.split("=", 2))
                .map(tag -> "\"%s\":\"%s\"".formatted(tag[0], tag[1].replace("\"", "\\\"")))
                .collect(Collectors.joining(","));
        lines.append(String.format(
                Locale.ROOT,
                "{\"metric\":\"%s\",\"type\":\"Point\",\"data\":{\"time\":\"%s\",\"value\":%s,\"tags\":{%s}}}%n",
                metric,
                time,
                value,
                json));
        return this;
    }

    @Override
    public void metric(Metric metric) {
        metric(metric.name(), metric.type().name().toLowerCase(Locale.ROOT), metric.contains());
    }

    @Override
    public void sample(Sample sample) {
        point(
                sample.metric(),
                sample.time(),
                sample.value(),
                sample.tags().entrySet().stream()
                        .sorted(Entry.comparingByKey())
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .toArray(String[]::new));
    }

    public Path writeTo(Path file) {
        try {
            return Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** k6's own metrics that most tests need. */
    public static Stream<Metric> builtInMetrics() {
        return Stream.of(
                new Metric("vus", MetricType.GAUGE, "default"),
                new Metric("vus_max", MetricType.GAUGE, "default"),
                new Metric("http_reqs", MetricType.COUNTER, "default"),
                new Metric("http_req_duration", MetricType.TREND, "time"),
                new Metric("http_req_failed", MetricType.RATE, "default"),
                new Metric("checks", MetricType.RATE, "default"),
                new Metric("iterations", MetricType.COUNTER, "default"),
                new Metric("data_received", MetricType.COUNTER, "data"));
    }
}
