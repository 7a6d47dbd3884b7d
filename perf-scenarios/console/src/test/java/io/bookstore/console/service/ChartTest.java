package io.bookstore.console.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.promql.MetricCatalogue;
import io.bookstore.perf.promql.MetricCatalogue.Metric;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final Path dashboards = Checkout.root().resolve("dashboards");

    @Test
    void everySeriesAndLabelIsInTheCatalogue() throws IOException {
        MetricCatalogue catalogue = MetricCatalogue.parse(Files.readString(dashboards.resolve("metrics.yaml")));

        for (Line line : lines()) {
            Metric metric = catalogue.metrics().get(line.metric());
            Set<String> labels = new HashSet<>(line.labels().keySet());
            Stream.ofNullable(line.by()).forEach(labels::add);
            assertThat(metric).as(line.metric()).isNotNull();
            assertThat(Objects.requireNonNull(metric).series()).containsKey(line.metric() + line.suffix());
            assertThat(metric.labels()).as(line.metric()).containsAll(labels);
        }
    }

    @Test
    void routesOfTheModelAreThoseOfTheRecordingRules() throws IOException {
        assertThat(Files.readString(dashboards.resolve("prometheus/rules/recording.yml")))
                .contains("http_route=~\"" + Chart.LLM_ROUTES + "\"");
    }

    private static List<Line> lines() {
        return Stream.concat(Chart.CHARTS.stream(), Chart.FIGURES.stream())
                .flatMap(chart -> chart.lines().stream())
                .toList();
    }
}
