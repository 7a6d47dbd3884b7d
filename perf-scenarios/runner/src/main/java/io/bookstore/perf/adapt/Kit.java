package io.bookstore.perf.adapt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The kit's own dashboards, rules and configuration, which the build takes from the folder {@code dashboards}. */
final class Kit {

    static final String METRICS = "metrics.yaml";
    static final String PROMETHEUS = "prometheus/prometheus.yml";
    static final String RECORDINGS = "prometheus/rules/recording.yml";
    static final String ALERTS = "prometheus/rules/alerts.yml";
    static final String COLLECTOR = "otel-collector.yaml";
    static final String RUNBOOK = "RUNBOOK.md";

    private Kit() {}

    /** The dashboard with that identifier. */
    static String dashboard(String own) {
        return text("grafana/" + own + ".json");
    }

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Kit.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read from the jar", e);
        }
    }
}
