package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.dashboards.Dashboard.Panel;
import io.bookstore.dashboards.Dashboard.Query;
import io.bookstore.perf.promql.PromQl;
import io.bookstore.testing.Command;
import io.bookstore.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DashboardContractTest {

    /** Ranges that are not $__rate_interval, each with its reason. */
    private static final Map<String, String> OTHER_RANGES =
            Map.of("LLM requests (5m)", "the guide asks for five minutes");

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    static Stream<Panel> panels() {
        return dashboards().stream().flatMap(dashboard -> dashboard.panels().stream());
    }

    @Test
    void performanceDashboardIsWhereTheGuideLinksIt() {
        assertThat(dashboards()).anySatisfy(dashboard -> {
            assertThat(dashboard.file()).isEqualTo("dashboards/grafana/bookstore-perf.json");
            assertThat(dashboard.json().path("uid").asText()).isEqualTo("bookstore-perf");
        });
    }

    @Test
    void performanceDashboardStartsWithTheGuidesPanels() {
        List<String> titles = performance().panels().stream().map(Panel::title).toList();

        assertThat(titles)
                .startsWith("LLM requests per second", "LLM P95 latency", "LLM error rate", "LLM requests (5m)")
                .containsSubsequence(
                        "LLM latency percentiles", "LLM and other traffic", "LLM status codes", "LLM token usage");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void fileHasNothingOfTheGrafanaItWasMadeIn(Dashboard dashboard) {
        JsonNode json = dashboard.json();

        assertThat(json.path("id").isNull()).isTrue();
        assertThat(dashboard.file()).endsWith("/" + json.path("uid").asText() + ".json");
        assertThat(json.path("editable").asBoolean(true)).isFalse();
        assertThat(json.path("title").asText()).isNotBlank();
        assertThat(json.path("description").asText()).isNotBlank();
        assertThat(dashboard.variable("datasource").path("type").asText()).isEqualTo("datasource");
        assertThat(json.findValues("datasource"))
                .allSatisfy(datasource ->
                        assertThat(datasource.path("uid").asText()).isIn("${datasource}", "-- Grafana --"));
    }

    /** So that a name in the runbook, or in a list of panels without data, is that of one panel. */
    @Test
    void noTwoDashboardsHaveAPanelOfTheSameTitle() {
        assertThat(panels().map(Panel::title)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsHaveTheirOwnIdsTitlesAndPlaces(Dashboard dashboard) {
        List<JsonNode> seen = dashboard.rowsAndPanels().toList();
        List<JsonNode> all = new ArrayList<>(seen);
        seen.forEach(row -> row.path("panels").forEach(all::add));

        assertThat(all).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(all).extracting(panel -> panel.path("title").asText()).doesNotHaveDuplicates();
        assertNoneLiesOnAnother(seen);
        assertThat(seen)
                .allSatisfy(row -> assertNoneLiesOnAnother(
                        Dashboard.stream(row.path("panels")).toList()));
    }

    private static void assertNoneLiesOnAnother(List<JsonNode> panels) {
        Set<String> taken = new HashSet<>();
        assertThat(panels)
                .allSatisfy(panel -> assertThat(cells(panel))
                        .allSatisfy(cell -> assertThat(taken.add(cell))
                                .as("%s lies on another panel at %s", panel.path("title"), cell)
                                .isTrue()));
    }

    /** A folded row has its panels in itself and asks nothing of Prometheus; an open one has them after itself. */
    @Test
    void performanceDashboardOpensWithTwoRowsAndTheOthersFolded() {
        List<JsonNode> rows = performance()
                .rowsAndPanels()
                .filter(panel -> panel.path("type").asText().equals("row"))
                .toList();

        assertThat(rows)
                .filteredOn(row -> !row.path("collapsed").asBoolean())
                .extracting(row -> row.path("title").asText())
                .containsExactly("LLM overview", "LLM analysis");
        assertThat(rows)
                .filteredOn(row -> row.path("collapsed").asBoolean())
                .allSatisfy(row -> assertThat(row.path("panels")).isNotEmpty());
        assertThat(rows).hasSizeGreaterThan(4);
        assertThat(rows.get(rows.size() - 1).path("collapsed").asBoolean())
                .as("the panels after an open row are its own")
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("panels")
    void panelSaysWhatItShowsWhatIsGoodAndInWhichUnit(Panel panel) {
        assertThat(panel.title()).isNotBlank();
        assertThat(panel.unit()).isNotBlank();
        assertThat(panel.description()).contains("Good: ").endsWith(".");
        assertThat(panel.queries()).isNotEmpty();
        assertThat(panel.queries()).extracting(Query::refId).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("panels")
    void everyNameInAQueryExists(Panel panel) {
        MetricNames names = MetricNames.read();

        for (Query query : panel.queries()) {
            PromQl read = PromQl.parse(query.expression());
            assertThat(names.unknownIn(read)).as(query.expression()).isEmpty();
            assertThat(names.resultLabels(read))
                    .as("labels for %s", query.legend())
                    .containsAll(labelsOf(query.legend()));
        }
    }

    @ParameterizedTest
    @MethodSource("panels")
    void queriesFollowTheVariablesAndTheScrapeInterval(Panel panel) {
        for (Query query : panel.queries()) {
            PromQl read = PromQl.parse(query.expression());
            assertThat(read.selectors())
                    .allSatisfy(selector -> assertThat(selector.text()).contains("job=~\"$service\""));
            if (!OTHER_RANGES.containsKey(panel.title())) {
                assertThat(read.ranges()).allMatch("$__rate_interval"::equals);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variablesAskForLabelsThatExist(Dashboard dashboard) {
        MetricNames names = MetricNames.read();
        List<String> asked = Dashboard.stream(dashboard.json().at("/templating/list"))
                .filter(variable -> variable.path("type").asText().equals("query"))
                .map(variable -> variable.at("/query/query").asText())
                .toList();

        assertThat(asked).hasSizeGreaterThanOrEqualTo(2).allSatisfy(query -> {
            var matcher = LABEL_VALUES.matcher(query);
            assertThat(matcher.matches()).as(query).isTrue();
            PromQl grouped = PromQl.parse("sum by (%s) (%s)".formatted(matcher.group(2), matcher.group(1)));
            assertThat(names.unknownIn(grouped)).isEmpty();
        });
    }

    @Test
    void coloursChangeAtTheLimitsOfTheScenarios() {
        assertThat(panel("LLM P95 latency").redFrom())
                .isEqualTo(Limits.seconds("LLM_P95_MS"))
                .isEqualTo(8);
        assertThat(panel("LLM latency percentiles").redFrom())
                .isEqualTo(Limits.seconds("LLM_P99_MS"))
                .isEqualTo(12);
        assertThat(panel("LLM error rate").redFrom())
                .isEqualTo(Limits.rate("LLM_ERROR_RATE"))
                .isEqualTo(0.05);
        assertThat(panel("CRUD latency percentiles").redFrom())
                .isEqualTo(Limits.seconds("CRUD_P99_MS"))
                .isEqualTo(2);
        assertThat(panel("CRUD error rate").redFrom())
                .isEqualTo(Limits.rate("CRUD_ERROR_RATE"))
                .isEqualTo(0.01);
        assertThat(panel("Share of failed LLM requests").redFrom()).isEqualTo(Limits.rate("LLM_ERROR_RATE"));
        assertThat(panel("Share of failed plain requests").redFrom()).isEqualTo(Limits.rate("CRUD_ERROR_RATE"));
    }

    @Test
    void promtoolReadsEveryQuery(@TempDir Path folder) throws IOException {
        Program promtool = Program.orSkip("promtool", "prometheus");
        List<String> rules = new ArrayList<>();
        for (Dashboard dashboard : dashboards()) {
            for (Panel panel : dashboard.panels()) {
                for (Query query : panel.queries()) {
                    String expression = query.resolved("1m", dashboard.route()).replace("'", "''");
                    rules.add("      - { record: 'query:%d:rate', expr: '%s' }".formatted(rules.size(), expression));
                }
            }
        }
        Path file = folder.resolve("queries.yml");
        Files.writeString(file, "groups:\n  - name: queries\n    rules:\n" + String.join("\n", rules) + "\n");

        Command.Result result =
                promtool.command("check", "rules", file.toString()).run();

        assertThat(result.output()).contains("SUCCESS: " + rules.size() + " rules found");
        assertThat(result.exitCode()).isZero();
    }

    private static Dashboard performance() {
        return Dashboard.named("bookstore-perf");
    }

    private static Panel panel(String title) {
        return panels().filter(panel -> panel.title().equals(title)).findFirst().orElseThrow();
    }

    private static List<String> labelsOf(String legend) {
        return Pattern.compile("\\{\\{(\\w+)}}")
                .matcher(legend)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> cells(JsonNode panel) {
        JsonNode place = panel.path("gridPos");
        assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
        List<String> cells = new ArrayList<>();
        for (int x = 0; x < place.path("w").asInt(); x++) {
            for (int y = 0; y < place.path("h").asInt(); y++) {
                cells.add((place.path("x").asInt() + x) + "," + (place.path("y").asInt() + y));
            }
        }
        return cells;
    }
}
