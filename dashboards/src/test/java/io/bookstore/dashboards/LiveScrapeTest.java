package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.dashboards.Dashboard.Panel;
import io.bookstore.dashboards.Dashboard.Query;
import io.bookstore.perf.promql.MetricCatalogue;
import io.bookstore.perf.promql.PromQl;
import io.bookstore.perf.promql.PromQl.Selector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service under load, scraped by a real Prometheus: no panel is empty and no figure is made up. */
class LiveScrapeTest {

    /** Parts of selectors that match nothing in a healthy run, each with its reason. */
    private static final Map<String, String> EMPTY_HERE = Map.of(
            "|none\", http_response_status_code=~\"5..\"", "no plain request fails here",
            "status=\"FAILED\"}", "the database does not fail here");

    /** Prefixes of the metrics that must be in the catalogue. */
    private static final List<String> OURS = List.of("http_server_", "gen_ai_", "llm_", "mongodb_driver_commands_");

    private static final String SUMMARY_COUNT =
            "http_server_request_duration_seconds_count{http_route=~\".*generate-summary.*\"%s}";

    private static final String ROUTE = "{http_route=~\".*generate-summary.*\"}[1m]";
    private static final String GUIDES_RATE = "sum(rate(http_server_request_duration_seconds_count" + ROUTE + "))";
    private static final String GUIDES_P95 =
            "histogram_quantile(0.95, sum(rate(http_server_request_duration_seconds_bucket" + ROUTE + ")) by (le))";
    private static final String GUIDES_ERROR_RATE = "sum(rate(http_server_request_duration_seconds_count"
            + ROUTE.replace("}", ",http_response_status_code=~\"5..\"}") + ")) / " + GUIDES_RATE;

    /** Queries that have had no data yet, by the name of their panel or recording. */
    private static final Map<String, String> panelsWithoutData = new TreeMap<>();

    private static final Map<String, String> recordingsWithoutData = new TreeMap<>();

    /** The first value above zero of each query of the guide, taken while the load was on. */
    private static final Map<String, Double> guidesValues = new TreeMap<>();

    @TempDir
    private static Path folder;

    private static LiveStack stack;
    private static List<Integer> statuses;

    @BeforeAll
    static void loadUntilEveryQueryHasHadData() throws IOException {
        stack = LiveStack.orSkip(folder);
        panelsWithoutData.putAll(queriesOfThePanels());
        RuleFile.read()
                .recordings()
                .forEach(recording -> recordingsWithoutData.put(recording.name(), recording.name()));
        try (Traffic traffic = Traffic.startAgainst(stack.service())) {
            stack.awaitNone(LiveScrapeTest::askForWhatIsMissing);
            statuses = traffic.stop();
        }
        stack.awaitSum(SUMMARY_COUNT.formatted(""), statuses.size());
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void everyPanelShowsData() {
        assertThat(panelsWithoutData).isEmpty();
    }

    @Test
    void prometheusCountedWhatTheLoadSent() {
        assertThat(stack.sum(SUMMARY_COUNT.formatted(""))).isEqualTo(statuses.size());
        for (int status : new TreeSet<>(statuses)) {
            String selected = SUMMARY_COUNT.formatted(", http_response_status_code=\"" + status + "\"");
            assertThat(stack.sum(selected)).as("answers with %d", status).isEqualTo(count(status, status));
        }
    }

    @Test
    void guidesQueriesReturnWhatTheLoadProduced() {
        String errorShare =
                GUIDES_ERROR_RATE.replace("rate(", "last_over_time(").replace("[1m]", "[1h]");

        assertThat(guidesValues).containsOnlyKeys(GUIDES_RATE, GUIDES_P95, GUIDES_ERROR_RATE);
        assertThat(guidesValues.get(GUIDES_RATE)).isLessThanOrEqualTo(statuses.size());
        // A minute is the largest bucket but the last: no request of this load may take so long.
        assertThat(guidesValues.get(GUIDES_P95)).isLessThanOrEqualTo(60);
        assertThat(guidesValues.get(GUIDES_ERROR_RATE)).isLessThanOrEqualTo(1);
        // A rate is extrapolated to the ends of its window; the totals of the same series are exact.
        assertThat(stack.prometheus().only(errorShare))
                .isCloseTo((double) count(500, 599) / statuses.size(), within(1e-9));
    }

    @Test
    void everySeriesOfTheCatalogueHasItsLabels() throws Exception {
        Map<String, Set<String>> served = Scrape.of(stack.service()).series();

        MetricCatalogue.parse(Repository.text("dashboards/metrics.yaml")).metrics().values().stream()
                .filter(metric -> !metric.name().equals("up"))
                .flatMap(metric -> metric.series().entrySet().stream())
                .forEach(series -> assertThat(served).contains(series));
    }

    @Test
    void everySeriesOfOursIsInTheCatalogue() throws Exception {
        MetricCatalogue catalogue = MetricCatalogue.parse(Repository.text("dashboards/metrics.yaml"));

        assertThat(Scrape.of(stack.service()).series().keySet())
                .filteredOn(name -> OURS.stream().anyMatch(name::startsWith))
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(catalogue.labelsOf(name)).as(name).isPresent());
    }

    @Test
    void everyRuleIsEvaluatedWithoutError() {
        // A rule is "unknown" until its group has been evaluated for the first time.
        Map<String, String> notEvaluated = stack.awaitNone(() -> stack.prometheus().rules().stream()
                .filter(rule -> rule.path("health").asText().equals("unknown"))
                .collect(Collectors.toMap(
                        rule -> rule.path("name").asText(), JsonNode::toString, (first, second) -> first)));

        assertThat(notEvaluated).isEmpty();
        assertThat(stack.prometheus().rules())
                .hasSizeGreaterThan(30)
                .allSatisfy(rule -> assertThat(rule.path("health").asText())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    @Test
    void everyRecordingHasData() {
        assertThat(recordingsWithoutData).isEmpty();
    }

    /** Every query of every panel, and every selector in it: a fallback such as "or 0 * ..." must not hide a series. */
    private static Map<String, String> queriesOfThePanels() {
        Map<String, String> queries = new TreeMap<>();
        for (Dashboard dashboard : Dashboard.all()) {
            for (Panel panel : dashboard.panels()) {
                for (Query query : panel.queries()) {
                    String name = panel.title() + " " + query.refId();
                    String resolved = query.resolved("20s", dashboard.route());
                    queries.put(name, resolved);
                    for (Selector selector : PromQl.parse(resolved).selectors()) {
                        if (EMPTY_HERE.keySet().stream().noneMatch(selector.text()::contains)) {
                            queries.put(name + " selector " + selector.text(), "count(" + selector.text() + ")");
                        }
                    }
                }
            }
        }
        return queries;
    }

    /**
     * Strikes off what has data now. A query needs to have had data once: on a busy machine a scrape may fail, and what a
     * panel shows of the last seconds is then gone for a moment.
     *
     * @return what is still missing
     */
    private static Map<String, String> askForWhatIsMissing() {
        panelsWithoutData
                .values()
                .removeIf(query -> !stack.prometheus().query(query).isEmpty());
        recordingsWithoutData
                .values()
                .removeIf(query -> !stack.prometheus().query(query).isEmpty());
        Map<String, String> missing = new TreeMap<>(panelsWithoutData);
        missing.putAll(recordingsWithoutData);
        for (String query : List.of(GUIDES_RATE, GUIDES_P95, GUIDES_ERROR_RATE)) {
            stack.prometheus().query(query).stream()
                    .filter(value -> value > 0)
                    .findFirst()
                    .ifPresentOrElse(
                            value -> guidesValues.putIfAbsent(query, value), () -> missing.putIfAbsent(query, query));
        }
        missing.keySet().removeAll(guidesValues.keySet());
        return missing;
    }

    private static long count(int from, int to) {
        return statuses.stream()
                .filter(status -> status >= from && status <= to)
                .count();
    }
}
