package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.dashboards.Dashboard.Panel;
import io.bookstore.dashboards.Dashboard.Query;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.promql.PromQl;
import io.bookstore.testing.Checkout;
import io.bookstore.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The dashboard and the rules that {@code llm-perf adapt} writes, over a service with other names, in a real Prometheus. */
class AdaptedServiceTest {

    // Only a defect takes so long: on an idle machine everything has data after some seconds.
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void serviceWithMicrometersNamesFillsItsDashboardAndRules() throws IOException {
        Program program = Program.orSkip("prometheus", "prometheus");
        try (MicrometerService service = MicrometerService.start()) {
            Path adapted = adapt(service);
            Map<String, String> queries = queries(dashboard(adapted.resolve("grafana/helpdesk-perf.json")));
            for (String other : List.of("compare", "errors", "service")) {
                queries.putAll(queries(dashboard(adapted.resolve("grafana/helpdesk-" + other + ".json"))));
            }
            recordings(adapted.resolve("prometheus/rules/recording.yml")).forEach(name -> queries.put(name, name));

            try (Prometheus prometheus =
                    Prometheus.startAdapted(program, folder.resolve("run"), adapted.resolve("prometheus"))) {
                Set<String> empty = stillEmpty(queries, service, prometheus);

                assertThat(empty).isEmpty();
                assertThat(prometheus.rules())
                        .hasSize(19)
                        .allSatisfy(rule ->
                                assertThat(rule.path("lastError").asText()).isEmpty());
            }
        }
    }

    private Path adapt(MicrometerService service) throws IOException {
        Path descriptor = Files.writeString(folder.resolve("helpdesk.yml"), """
                name: helpdesk
                baseUrl: %s
                operations:
                  summary: { method: GET, path: "/v1/assist/{id}" }
                metrics: { dialect: micrometer }
                """.formatted(service.baseUrl()));
        Path adapted = folder.resolve("adapted");
        int exitCode = PerfCommand.commandLine(List.of(), new Interruption())
                .execute(
                        "adapt",
                        "--target",
                        descriptor.toString(),
                        "--scripts",
                        Checkout.scripts().toString(),
                        "-o",
                        adapted.toString());
        assertThat(exitCode).isZero();
        return adapted;
    }

    private static Dashboard dashboard(Path file) throws IOException {
        return new Dashboard(file.toString(), new ObjectMapper().readTree(file.toFile()));
    }

    private static Map<String, String> queries(Dashboard dashboard) {
        Map<String, String> queries = new TreeMap<>();
        for (Panel panel : dashboard.panels()) {
            for (Query query : panel.queries()) {
                String resolved = query.resolved("20s", dashboard.route());
                assertThat(PromQl.parse(resolved).selectors()).isNotEmpty();
                queries.put(panel.title() + " " + query.refId(), resolved);
            }
        }
        return queries;
    }

    private static List<String> recordings(Path file) throws IOException {
        return new ObjectMapper()
                .valueToTree(new Yaml().load(Files.readString(file)))
                .findValuesAsText("record");
    }

    /** Sends requests until all that can have data has had it. */
    private static Set<String> stillEmpty(
            Map<String, String> queries, MicrometerService service, Prometheus prometheus) {
        Map<String, String> missing = new TreeMap<>(queries);
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        service.serveSomeRequests();
                        missing.values()
                                .removeIf(query -> !prometheus.query(query).isEmpty());
                        return missing.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            // The names of what is missing say more than the time that has passed.
        }
        return missing.keySet();
    }
}
