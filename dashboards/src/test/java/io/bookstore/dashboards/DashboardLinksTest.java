package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.dashboards.Dashboard.Panel;
import io.bookstore.perf.grafana.RunAnnotation;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a dashboard leads: to the runbook, to traces, and to the runs of the kit. */
class DashboardLinksTest {

    private static final String RUNBOOK = "${runbook:raw}#";
    private static final String EXPLORE = "/explore?schemaVersion=1&panes=";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)[:}]");

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void runsOfTheKitAreMarkedByTheTagThatTheRunnerGivesThem(Dashboard dashboard) {
        JsonNode runs = Dashboard.stream(dashboard.json().at("/annotations/list"))
                .filter(query -> query.path("name").asText().equals("Runs"))
                .findFirst()
                .orElseThrow();

        assertThat(runs.path("enable").asBoolean()).isTrue();
        assertThat(runs.at("/datasource/uid").asText()).isEqualTo("-- Grafana --");
        assertThat(runs.at("/target/type").asText()).isEqualTo("tags");
        assertThat(runs.at("/target/tags")).extracting(JsonNode::asText).containsExactly(RunAnnotation.TAG);
    }

    @Test
    void panelsOfAlertsLeadToTheirSectionsOfTheRunbook() {
        Set<String> sections = Repository.text("dashboards/RUNBOOK.md")
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3).toLowerCase(Locale.ROOT))
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
        Map<String, String> linked = new TreeMap<>();
        for (Panel panel : dashboards().stream()
                .flatMap(dashboard -> dashboard.panels().stream())
                .toList()) {
            for (JsonNode link : panel.json().path("links")) {
                String url = link.path("url").asText();
                if (url.startsWith(RUNBOOK)) {
                    linked.put(url.substring(RUNBOOK.length()), panel.title());
                    assertThat(link.path("title").asText())
                            .isEqualToIgnoringCase("Runbook: " + url.substring(RUNBOOK.length()));
                }
            }
        }

        assertThat(linked.keySet()).containsExactlyElementsOf(sections);
    }

    @Test
    void runbookIsThatOfTheProject() {
        String home = Repository.text("pom.xml").replaceFirst("(?s).*<project.home>(.*?)</project.home>.*", "$1");

        assertThat(List.of("bookstore-perf", "bookstore-errors", "bookstore-service"))
                .allSatisfy(name -> {
                    JsonNode runbook = Dashboard.named(name).variable("runbook");
                    assertThat(runbook.path("type").asText()).isEqualTo("constant");
                    assertThat(runbook.path("query").asText()).isEqualTo(home + "/blob/main/dashboards/RUNBOOK.md");
                });
    }

    @Test
    void panelsOfLatencyAndFailuresLeadToTheirTraces() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        for (Panel panel : Dashboard.named("bookstore-perf").panels()) {
            for (JsonNode link : panel.json().path("links")) {
                String url = link.path("url").asText();
                if (url.startsWith(EXPLORE)) {
                    JsonNode panes = new ObjectMapper()
                            .readTree(URLDecoder.decode(url.substring(EXPLORE.length()), StandardCharsets.UTF_8));
                    assertThat(panes.at("/t/datasource").asText()).isEqualTo("${traces}");
                    assertThat(panes.at("/t/range/from").asText()).isEqualTo("${__from}");
                    assertThat(panes.at("/t/queries/0/queryType").asText()).isEqualTo("traceql");
                    queries.put(panel.title(), panes.at("/t/queries/0/query").asText());
                }
            }
        }

        assertThat(queries)
                .containsEntry(
                        "LLM latency percentiles", "{ span.http.route =~ \"${route:percentencode}\" && duration > 8s }")
                .containsEntry(
                        "Provider refusals and failures", "{ span.gen_ai.operation.name != nil && status = error }")
                .containsKeys("LLM P95 latency", "LLM error rate", "LLM status codes", "Time to first token");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void linksUseVariablesThatExist(Dashboard dashboard) {
        for (Panel panel : dashboard.panels()) {
            for (JsonNode link : panel.json().path("links")) {
                VARIABLE.matcher(link.path("url").asText())
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .filter(name -> !name.startsWith("__"))
                        .forEach(dashboard::variable);
            }
        }
    }
}
