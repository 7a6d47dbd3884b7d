package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.dashboards.Dashboard.Panel;
import io.bookstore.dashboards.Dashboard.Query;
import io.bookstore.dashboards.PromQl.Selector;
import io.bookstore.dashboards.RuleFile.Recording;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service under load, scraped by a real Prometheus: no panel is empty and no figure is made up. */
class LiveScrapeTest {

    /** Parts of selectors that match nothing in a healthy run, each with its reason. */
    private static final Map<String, String> EMPTY_HERE = Map.of(
            "|none\", http_response_status_code=~\"5..\"", "no plain request fails here",
            "mongodb_driver_commands_seconds_count{status=\"FAILED\"}", "the database does not fail here");

    /** Whatever starts like this must be in the catalogue. */
    private static final List<String> OURS = List.of("http_server_", "gen_ai_", "llm_", "mongodb_driver_commands_");

    private static final String SUMMARY_COUNT =
            "http_server_request_duration_seconds_count{http_route=~\".*generate-summary.*\"%s}";

    @TempDir
    private static Path folder;

    private static LiveStack stack;
    private static Map<String, String> withoutData;
    private static List<Integer> statuses;

    @BeforeAll
    static void loadUntilEveryQueryHasData() throws IOException {
        stack = LiveStack.orSkip(folder);
        try (Traffic traffic = Traffic.startAgainst(stack.service())) {
            withoutData = stack.awaitNone(LiveScrapeTest::queriesWithoutData);
            statuses = traffic.stop();
        }
        stack.awaitValue(SUMMARY_COUNT.formatted(""), statuses.size());
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void everyPanelShowsData() {
        assertThat(withoutData).isEmpty();
    }

    @Test
    void prometheusCountedWhatTheLoadSent() {
        assertThat(sum(SUMMARY_COUNT.formatted(""))).isEqualTo(statuses.size());
        for (int status : new TreeSet<>(statuses)) {
            String selected = SUMMARY_COUNT.formatted(", http_response_status_code=\"" + status + "\"");
            assertThat(sum(selected)).as("answers with %d", status).isEqualTo(count(status, status));
        }
    }

    @Test
    void guidesQueriesReturnWhatTheLoadProduced() {
        String route = "{http_route=~\".*generate-summary.*\"}[1m]";

        double requestRate =
                stack.prometheus().only("sum(rate(http_server_request_duration_seconds_count" + route + "))");
        double p95 = stack.prometheus()
                .only("histogram_quantile(0.95, sum(rate(http_server_request_duration_seconds_bucket" + route
                        + ")) by (le))");
        double errorRate = stack.prometheus()
                .only("sum(rate(http_server_request_duration_seconds_count"
                        + route.replace("}", ",http_response_status_code=~\"5..\"}")
                        + ")) / sum(rate(http_server_request_duration_seconds_count" + route + "))");

        assertThat(requestRate).isPositive().isLessThanOrEqualTo(statuses.size());
        assertThat(p95).isPositive().isLessThanOrEqualTo(60);
        // Rates are extrapolated to the ends of the window, so they are near the counts, not equal.
        assertThat(errorRate).isCloseTo((double) count(500, 599) / statuses.size(), within(0.1));
    }

    @Test
    void everySeriesOfTheCatalogueHasItsLabels() throws Exception {
        Map<String, Set<String>> served = Scrape.of(stack.service()).series();

        MetricCatalogue.read().metrics().values().stream()
                .filter(metric -> !metric.name().equals("up"))
                .flatMap(metric -> metric.series().entrySet().stream())
                .forEach(series -> assertThat(served).contains(series));
    }

    @Test
    void everySeriesOfOursIsInTheCatalogue() throws Exception {
        MetricCatalogue catalogue = MetricCatalogue.read();

        assertThat(Scrape.of(stack.service()).series().keySet())
                .filteredOn(name -> OURS.stream().anyMatch(name::startsWith))
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(catalogue.labelsOf(name)).as(name).isPresent());
    }

    @Test
    void everyRuleIsEvaluatedWithoutError() {
        assertThat(stack.prometheus().rules())
                .hasSizeGreaterThan(30)
                .allSatisfy(rule -> assertThat(rule.path("health").asText())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    @Test
    void everyRecordingHasData() {
        assertThat(RuleFile.read().recordings())
                .extracting(Recording::name)
                .allSatisfy(name ->
                        assertThat(stack.prometheus().query(name)).as(name).isNotEmpty());
    }

    /** Queries, and selectors in them, that Prometheus answers with nothing. */
    private static Map<String, String> queriesWithoutData() {
        Map<String, String> dead = new TreeMap<>();
        for (Dashboard dashboard : Dashboard.all()) {
            for (Panel panel : dashboard.panels()) {
                for (Query query : panel.queries()) {
                    String resolved = query.resolved("20s", dashboard.route());
                    if (stack.prometheus().query(resolved).isEmpty()) {
                        dead.put(panel.title() + " " + query.refId(), resolved);
                    }
                    // A fallback such as "or 0 * ..." must not hide a series that never comes.
                    for (Selector selector : PromQl.parse(resolved).selectors()) {
                        if (EMPTY_HERE.keySet().stream().noneMatch(selector.text()::contains)
                                && stack.prometheus()
                                        .query("count(" + selector.text() + ")")
                                        .isEmpty()) {
                            dead.put(panel.title() + " " + query.refId() + " selector", selector.text());
                        }
                    }
                }
            }
        }
        return dead;
    }

    private static double sum(String selector) {
        return stack.prometheus().only("sum(" + selector + ")");
    }

    private static long count(int from, int to) {
        return statuses.stream()
                .filter(status -> status >= from && status <= to)
                .count();
    }
}
