package io.bookstore.perf.cli.adapt;

import static io.bookstore.perf.cli.adapt.AdaptedKit.HELPDESK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.promql.MetricCatalogue;
import io.bookstore.perf.promql.PromQl;
import io.bookstore.perf.promql.PromQl.Selector;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Command;
import io.bookstore.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The files of the kit in the names of another service. */
class AdaptCommandTest {

    private static final ObjectMapper json = new ObjectMapper();

    private final Path home;
    private final AdaptedKit kit;

    AdaptCommandTest(@TempDir Path home) {
        this.home = home;
        kit = new AdaptedKit(home);
    }

    @Test
    void everyFileIsInTheNamesOfTheService() throws IOException {
        assertThat(kit.adapt(HELPDESK)).as(kit.err()).isZero();

        assertThat(kit.written())
                .containsExactly(
                        ".llm-perf-adapt.json",
                        "Makefile",
                        "README.md",
                        "RUNBOOK.md",
                        "grafana/helpdesk-compare.json",
                        "grafana/helpdesk-errors.json",
                        "grafana/helpdesk-perf.json",
                        "grafana/helpdesk-service.json",
                        "k6-operator/configmap.yaml",
                        "k6-operator/testrun.yaml",
                        "otel-collector.yaml",
                        "prometheus/prometheus.yml",
                        "prometheus/rules/alerts.yml",
                        "prometheus/rules/recording.yml");
        assertThat(kit.text("prometheus/prometheus.yml"))
                .contains("job_name: helpdesk", "metrics_path: /actuator/prometheus", "targets: [helpdesk:8080]");
        assertThat(queries())
                .contains(
                        "sum(rate(http_server_requests_seconds_count{job=~\"$service\", uri=~\"$route\"}[$__rate_interval]))",
                        "sum by (method, uri) (rate(http_server_requests_seconds_count{job=~\"$service\","
                                + " uri!~\"/healthz(/.*)?|/actuator/prometheus\"}[$__rate_interval]))");
        assertThat(kit.text("prometheus/rules/recording.yml"))
                .contains("http_server_requests_seconds_count{job=\"helpdesk\", uri=~\"/v1/assist/[^/]+\"}[5m]");
        assertThat(kit.text("prometheus/rules/alerts.yml"))
                .contains("up{job=\"helpdesk\"} == 0", "runbook: RUNBOOK.md#servicedown");
        assertThat(kit.text("RUNBOOK.md"))
                .contains("# Runbook of helpdesk", "Ask `/healthz`", "## LlmErrorRateHigh")
                .doesNotContain("## MongoPoolExhausted", "bookstore");
        assertThat(kit.text("Makefile"))
                .contains("perf-ai-smoke:", "perf-mixed:")
                .doesNotContain("perf-crud", "stream");
        assertThat(kit.text("k6-operator/testrun.yaml"))
                .contains("name: helpdesk-ai-load", "value: http://helpdesk:8080");
    }

    @Test
    void nothingOfTheKitsOwnServiceIsLeftInAQuery() throws IOException {
        assertThat(kit.adapt(HELPDESK)).isZero();

        MetricCatalogue catalogue =
                MetricCatalogue.parse(Files.readString(Checkout.root().resolve("dashboards/metrics.yaml")));
        assertThat(queries()).hasSizeGreaterThan(35).allSatisfy(query -> {
            List<Selector> selectors = PromQl.parse(query).selectors();
            assertThat(selectors).isNotEmpty().allSatisfy(selector -> {
                assertThat(selector.labels())
                        .contains("job")
                        .doesNotContain("http_route", "http_response_status_code", "http_request_method");
                assertThat(catalogue.metricOf(selector.series()).stream().map(MetricCatalogue.Metric::from))
                        .as(selector.series())
                        .isSubsetOf("llm-instrumentation", "jvm", "prometheus");
            });
        });
    }

    @Test
    void panelsAreListedThatTheServiceHasNoDataFor() throws IOException {
        assertThat(kit.adapt(HELPDESK, "--verbose")).isZero();

        assertThat(kit.out())
                .contains(
                        "  panel Budget left today: llm_budget_remaining_usd comes from bookstore-api\n",
                        "  panel Time to first token: gen_ai_client_operation_time_to_first_chunk_seconds comes from"
                                + " llm-streaming\n",
                        "  panel MongoDB connections: mongodb_driver_pool_size comes from mongodb\n",
                        "  recording job_provider:llm_attempts:rate5m: llm_attempts_total comes from llm-attempts\n",
                        "  alert MongoCommandsSlow: it needs the recording job:mongodb_command_duration_seconds:p95_5m\n",
                        "13 of 13 files written to ");
        assertThat(kit.text("README.md"))
                .contains(
                        "| panel Budget left today | llm_budget_remaining_usd comes from bookstore-api |",
                        "| panel Calls without a known cost | llm_cost_unknown_total appears with the first call of"
                                + " unknown cost |");
        assertThat(panels()).extracting(panel -> panel.path("title").asText()).doesNotContain("Budget left today");
        assertThat(panels())
                .filteredOn(panel -> panel.path("collapsed").asBoolean())
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(places(row.path("panels"))).isNotEmpty().doesNotHaveDuplicates());
        assertThat(places(dashboard().path("panels"))).doesNotHaveDuplicates();
    }

    private static List<String> places(JsonNode panels) {
        List<String> places = new ArrayList<>();
        panels.forEach(panel -> places.add(panel.at("/gridPos/x") + "," + panel.at("/gridPos/y")));
        return places;
    }

    @Test
    void leftOutPanelsAreOneLineThatNamesTheirList() throws IOException {
        assertThat(kit.adapt(HELPDESK)).isZero();

        long listed = kit.text("README.md")
                        .replaceFirst("(?s).*## Left out", "")
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .count()
                - 1;
        assertThat(listed).isGreaterThan(20);
        assertThat(kit.out())
                .isEqualTo(
                        "%d of the panels, queries and rules are left out, because metrics.emits of the descriptor does not list what they"
                                        .formatted(listed)
                                + " come from: " + home.resolve("out/README.md")
                                + " has the list, --verbose prints it\n"
                                + "13 of 13 files written to " + kit.folder() + ", see README.md there\n");
    }

    @Test
    void kitsOwnServiceKeepsEveryPanelQueryAndRule() throws IOException {
        assertThat(kit.adaptTo("bookstore")).as(kit.err()).isZero();

        for (String name : List.of(
                "grafana/bookstore-perf.json",
                "grafana/bookstore-errors.json",
                "grafana/bookstore-service.json",
                "grafana/bookstore-compare.json")) {
            JsonNode own = json.readTree(
                    Checkout.root().resolve("dashboards").resolve(name).toFile());
            JsonNode adapted = json.readTree(home.resolve("out").resolve(name).toFile());
            assertThat(adapted.findValuesAsText("refId")).isEqualTo(own.findValuesAsText("refId"));
            assertThat(adapted.findValues("gridPos")).isEqualTo(own.findValues("gridPos"));
        }
        assertThat(kit.out()).doesNotContain("left out");
        assertThat(kit.text("prometheus/prometheus.yml"))
                .isEqualTo(Files.readString(Checkout.root().resolve("dashboards/prometheus/prometheus.yml"))
                        .replace("api:7002", "localhost:7002"));
    }

    @Test
    void everyKeyOfTheSectionIsHeeded() throws IOException {
        assertThat(kit.adapt(HELPDESK.replace("{ dialect: micrometer }", """

                          serviceLabel: app
                          serviceValue: Help desk
                          port: 9464
                          path: /internal/metrics
                          routes: { summary: "assist/{ticket}.json" }
                          emits: [http-server, jvm]
                          rename: { llm_tokens_total: chat_tokens_total, gen_ai_token_type: kind }
                        """)))
                .as(kit.err())
                .isZero();

        assertThat(kit.text("prometheus/prometheus.yml"))
                .contains(
                        "job_name: Help desk",
                        "metrics_path: /internal/metrics",
                        "- targets: [helpdesk:9464]\n        labels: { app: \"Help desk\" }\n");
        assertThat(kit.text("prometheus/rules/recording.yml"))
                .contains("sum by (app) (rate(http_server_request_duration_seconds_count{app=\"Help desk\","
                        + " http_route=~\"assist/[{]ticket[}][.]json\"}[5m]))");
        assertThat(kit.text("prometheus/rules/alerts.yml")).contains("LLM requests of {{ $labels.app }} fail");
        assertThat(queries())
                .contains(
                        "sum by (kind) (rate(chat_tokens_total{app=~\"$service\", gen_ai_provider_name=~\"$provider\","
                                + " gen_ai_request_model=~\"$model\"}[$__rate_interval]))")
                .noneMatch(query -> query.contains("llm_cost_usd_total"));
        assertThat(kit.text("grafana/helpdesk-perf.json")).contains("\"legendFormat\": \"{{kind}}\"");
    }

    @Test
    void serviceThatOnlyStreamsIsLoadedByStreams() throws IOException {
        assertThat(kit.adapt(HELPDESK.replace("summary:", "streamedSummary:"))).isZero();

        assertThat(kit.text("k6-operator/testrun.yaml")).contains("name: helpdesk-ai-stream-load");
        assertThat(kit.text("Makefile")).contains("perf-ai-stream-smoke:").doesNotContain("perf-ai-smoke:");
        assertThat(kit.text("grafana/helpdesk-perf.json")).contains("Time to first token");
    }

    @Test
    void addressForPrometheusMayBeAnother() throws IOException {
        assertThat(kit.adapt(HELPDESK, "--base-url", "https://desk.example/")).isZero();

        assertThat(kit.text("prometheus/prometheus.yml"))
                .contains("metrics_path: /actuator/prometheus\n    scheme: https", "targets: [desk.example]");
        assertThat(kit.text("k6-operator/testrun.yaml")).contains("value: https://desk.example\n");
        assertThat(kit.text("Makefile")).contains("--base-url https://desk.example -o");
    }

    @Test
    void promtoolTakesConfigurationAndRules() throws IOException {
        Program promtool = Program.orSkip("promtool", "prometheus");
        assertThat(kit.adapt(HELPDESK)).isZero();

        Command.Result result = promtool.command(
                        "check",
                        "config",
                        home.resolve("out/prometheus/prometheus.yml").toString())
                .run();

        assertThat(result.output()).contains("SUCCESS: 10 rules found", "SUCCESS: 9 rules found");
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            metrics: here                            | has the text "here" under metrics, which must have keys.
            metrics: { dialekt: micrometer }         | has an unknown key "dialekt" under metrics: did you mean dialect?; known are dialect,
            metrics: { dialect: statsd }             | has an unknown dialect "statsd" under metrics; known are opentelemetry, micrometer.
            metrics: { serviceLabel: app-name }      | has metrics.serviceLabel "app-name", which must be the name of a label.
            metrics: { serviceValue: '"a"' }         | has metrics.serviceValue ""a"", which must be a text without quotes
            metrics: { port: 70000 }                 | has metrics.port "70000", which must be a number from 1 to 65535.
            metrics: { path: metrics }               | has metrics.path "metrics", which must be a path, which begins with a slash.
            metrics: { routes: { browse: /a } }      | has an unknown operation "browse" under metrics.routes; known are summary, streamedSummary.
            metrics: { emits: jvm }                  | has metrics.emits "jvm", which must be a list of bookstore-api, http-server,
            metrics: { emits: [mongdb] }             | has an unknown source "mongdb" under metrics.emits: did you mean mongodb?; known are bookstore-api,
            metrics: { rename: { llm_token_total: a } } | renames "llm_token_total", which is no metric or label of the kit: did you mean llm_tokens_total?
            metrics: { rename: { outcome: a-b } }    | has metrics.rename.outcome "a-b", which must be the name of a label.
            metrics: { rename: { up: a-b } }         | has metrics.rename.up "a-b", which must be the name of a metric.
            """)
    void badSectionIsOneSentence(String metrics, String sentence) throws IOException {
        assertThat(kit.adapt(HELPDESK.replace("metrics: { dialect: micrometer }", metrics)))
                .isEqualTo(64);

        assertThat(kit.err()).startsWith("The target descriptor " + kit.descriptor() + " " + sentence);
        assertThat(kit.err().lines()).hasSize(1);
        assertThat(kit.written()).isEmpty();
    }

    @Test
    void serviceWithoutAModelIsRefused() throws IOException {
        assertThat(kit.adapt(HELPDESK.replace("summary:", "browse:"))).isEqualTo(64);

        assertThat(kit.err())
                .isEqualTo("The target descriptor " + kit.descriptor()
                        + " describes no operation that asks the model: describe summary or streamedSummary.\n");
    }

    @Test
    void serviceWithoutANameIsRefused() throws IOException {
        assertThat(kit.adapt(HELPDESK.replace("name: helpdesk", "name: '...'"))).isEqualTo(64);

        assertThat(kit.err()).contains("needs the key \"name\", with a letter or digit in it.");
    }

    /** Rows and panels, those of folded rows too. */
    private List<JsonNode> panels() throws IOException {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode panel :
                json.readTree(kit.text("grafana/helpdesk-perf.json")).path("panels")) {
            panels.add(panel);
            panel.path("panels").forEach(panels::add);
        }
        return panels;
    }

    private JsonNode dashboard() throws IOException {
        return json.readTree(kit.text("grafana/helpdesk-perf.json"));
    }

    /** The queries of the dashboard and of the rules. */
    private List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>(dashboard().findValuesAsText("expr"));
        for (String file : List.of("prometheus/rules/recording.yml", "prometheus/rules/alerts.yml")) {
            Map<String, Object> rules = new Yaml().load(kit.text(file));
            queries.addAll(json.valueToTree(rules).findValuesAsText("expr"));
        }
        return queries;
    }

    @Test
    void comparisonComparesTheServiceByItsOwnNames() throws IOException {
        assertThat(kit.adapt(HELPDESK)).as(kit.err()).isZero();

        JsonNode comparison = json.readTree(kit.text("grafana/helpdesk-compare.json"));
        assertThat(comparison.path("uid").asText()).isEqualTo("helpdesk-compare");
        assertThat(comparison.path("title").asText()).endsWith(" comparison").doesNotContain("BookStore");
        assertThat(comparison.findValuesAsText("expr"))
                .contains("sum(rate(http_server_requests_seconds_count{job=~\"$service\", instance=~\"$b\","
                        + " uri=~\"$route\"}[$__rate_interval] offset $ago))");
        assertThat(comparison.at("/templating/list").findValuesAsText("definition"))
                .contains("label_values(http_server_requests_seconds_count{job=~\"$service\"}, instance)");
    }
}
