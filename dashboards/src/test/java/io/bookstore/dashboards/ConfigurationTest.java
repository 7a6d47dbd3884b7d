package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** The configuration files agree with one another. */
class ConfigurationTest {

    @Test
    void grafanaKnowsTheScrapeInterval() {
        JsonNode prometheus = Repository.yaml("dashboards/prometheus/prometheus.yml");
        JsonNode datasource = Repository.yaml("dashboards/grafana/provisioning/datasources/datasources.yml")
                .at("/datasources/0");

        assertThat(datasource.at("/jsonData/timeInterval").asText())
                .isEqualTo(prometheus.at("/global/scrape_interval").asText())
                .isEqualTo("5s");
    }

    @Test
    void exemplarsLeadToADatasourceThatExists() {
        JsonNode datasources = Repository.yaml("dashboards/grafana/provisioning/datasources/datasources.yml")
                .path("datasources");

        assertThat(datasources
                        .at("/0/jsonData/exemplarTraceIdDestinations/0/datasourceUid")
                        .asText())
                .isEqualTo(datasources.at("/1/uid").asText())
                .isEqualTo("tempo");
    }

    @Test
    void everyExporterOfTheCollectorIsUsed() {
        JsonNode collector = Repository.yaml("dashboards/otel-collector.yaml");
        JsonNode traces = collector.at("/service/pipelines/traces");

        assertThat(traces.path("exporters"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(
                        () -> collector.path("exporters").fieldNames());
        assertThat(traces.path("processors"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(
                        () -> collector.path("processors").fieldNames());
        assertThat(traces.at("/receivers/0").asText()).isEqualTo("otlp");
    }
}
