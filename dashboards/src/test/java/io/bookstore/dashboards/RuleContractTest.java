package io.bookstore.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.dashboards.RuleFile.Alert;
import io.bookstore.dashboards.RuleFile.Recording;
import io.bookstore.perf.promql.PromQl;
import io.bookstore.testing.Command;
import io.bookstore.testing.Program;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleContractTest {

    static List<Alert> alerts() {
        return RuleFile.read().alerts();
    }

    static List<Recording> recordings() {
        return RuleFile.read().recordings();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void recordingIsNamedLevelMetricOperation(Recording recording) {
        assertThat(recording.name()).matches("[a-z_]+:[a-z0-9_]+:[a-z0-9_]+");
        assertThat(PromQl.parse(recording.expression()))
                .satisfies(
                        query -> assertThat(MetricNames.read().unknownIn(query)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void alertSaysHowLongHowBadAndWhatToDo(Alert alert) {
        assertThat(alert.duration()).matches("\\d+[mh]");
        assertThat(alert.severity()).isIn("critical", "warning", "info");
        assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook");
        assertThat(alert.annotations().get("summary")).isNotBlank();
        assertThat(alert.annotations().get("description")).endsWith(".");
        assertThat(alert.annotations())
                .containsEntry(
                        "runbook", "dashboards/RUNBOOK.md#" + alert.name().toLowerCase(Locale.ROOT));
        assertThat(Repository.text("dashboards/RUNBOOK.md")).contains("\n## " + alert.name() + "\n");
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyNameInAnAlertExists(Alert alert) {
        assertThat(MetricNames.read().unknownIn(PromQl.parse(alert.expression())))
                .isEmpty();
    }

    @Test
    void everyLimitOfTheScenariosHasItsAlert() {
        assertThat(thresholdOf("LlmLatencyP95High"))
                .isEqualTo(Limits.seconds("LLM_P95_MS"))
                .isEqualTo(8);
        assertThat(thresholdOf("LlmLatencyP99High"))
                .isEqualTo(Limits.seconds("LLM_P99_MS"))
                .isEqualTo(12);
        assertThat(thresholdOf("LlmErrorRateHigh"))
                .isEqualTo(Limits.rate("LLM_ERROR_RATE"))
                .isEqualTo(0.05);
        assertThat(thresholdOf("CrudLatencyP95High"))
                .isEqualTo(Limits.seconds("CRUD_P95_MS"))
                .isEqualTo(1);
        assertThat(thresholdOf("CrudLatencyP99High"))
                .isEqualTo(Limits.seconds("CRUD_P99_MS"))
                .isEqualTo(2);
        assertThat(thresholdOf("CrudErrorRateHigh"))
                .isEqualTo(Limits.rate("CRUD_ERROR_RATE"))
                .isEqualTo(0.01);
    }

    @Test
    void everyAlertIsTestedToFireAndNotToFire() {
        Set<String> fires = new HashSet<>();
        Set<String> stays = new HashSet<>();
        alertTests().forEach(test -> {
            boolean quiet = test.path("exp_alerts").isEmpty();
            (quiet ? stays : fires).add(test.path("alertname").asText());
        });

        assertThat(alerts()).isNotEmpty().extracting(Alert::name).allSatisfy(name -> {
            assertThat(fires).contains(name);
            assertThat(stays).contains(name);
        });
    }

    @Test
    void promtoolPassesConfigurationAndRules() {
        Program promtool = Program.orSkip("promtool", "prometheus");

        Command.Result result = promtool.command("check", "config", path("dashboards/prometheus/prometheus.yml"))
                .run();

        assertThat(result.output()).doesNotContain("FAILED");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void promtoolPassesTheTestsOfTheRules() {
        Program promtool = Program.orSkip("promtool", "prometheus");
        List<String> tests = Repository.files("dashboards/prometheus/tests", ".test.yml").stream()
                .map(RuleContractTest::path)
                .toList();

        Command.Result result = promtool.command("test", "rules").and(tests).run();

        assertThat(result.output()).doesNotContain("FAILED");
        assertThat(result.exitCode()).isZero();
    }

    private static String path(String file) {
        return Repository.ROOT.resolve(file).toString();
    }

    private static double thresholdOf(String name) {
        Alert alert = alerts().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(
                alert.expression().substring(alert.expression().lastIndexOf('>') + 1));
    }

    private static Stream<JsonNode> alertTests() {
        return Repository.files("dashboards/prometheus/tests", ".test.yml").stream()
                .flatMap(file -> Dashboard.stream(Repository.yaml(file).path("tests")))
                .flatMap(test -> Dashboard.stream(test.path("alert_rule_test")));
    }
}
