package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.answer.Section;
import io.bookstore.perf.metrics.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scenario in which the provider fails: what goes on, and how soon all is well again. */
@Order(1)
class ChaosScenarioTest {

    @TempDir
    private static Path folder;

    private static BookStoreService service;

    @BeforeAll
    static void start() {
        service = BookStoreService.start(
                folder.resolve("api.log"),
                Map.of(
                        "SIMULATOR_PROFILE", "zero",
                        "BOOKSTORE_ERROR_TEST_ENABLED", "true",
                        "BOOKSTORE_LLM_RESILIENCE_BREAKER_WAIT", "300ms"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void serviceRecoversFromAFailingProviderAndPlainRequestsNeverNotice() throws Exception {
        // A summary asked for before the faults may still be under way when they come: hence the limit of errors.
        ScenarioRun run = ScenarioRun.of(
                "chaos",
                Map.of("DURATION_SCALE", "0.06", "LLM_ERROR_RATE", "0.9"),
                service.baseUrl(),
                folder.resolve("chaos"));

        run.assertPassed();
        long askedDuringFaults = run.samples("llm_errors").stream()
                .filter(sample -> "during".equals(sample.tags().get("phase")))
                .count();
        // Every attempt meets a fault. A busy machine may ask for none or a few in that time, and a retry after the
        // faults
        // may save those.
        assertThat(run.nonZero("llm_errors"))
                .as("failed summaries of %d", askedDuringFaults)
                .isGreaterThanOrEqualTo(askedDuringFaults < 4 ? 0 : 1);
        assertThat(run.nonZero("crud_errors"))
                .as("failed plain requests; all that failed: %s", run.failedRequests())
                .isZero();
        assertThat(run.result().trend("recovery_time")).isPresent();
        assertThat(run.answer().sentence())
                .matches(
                        "Gives good answers again .+ after the faults end; while they last .+ of summaries fail and plain"
                                + " requests have a p95 of .+\\.");
        assertThat(run.answer().bands())
                .extracting(Section.Band::label)
                .containsExactly("before", "during", "recovery", "after");
        Instant faults = faultsAsked(run);
        assertThat(run.samples("llm_errors"))
                .filteredOn(sample -> sample.value() != 0)
                .as("failed summaries")
                .noneMatch(failed -> failed.time().isBefore(faults))
                .noneMatch(failed -> "after".equals(failed.tags().get("phase")));
        assertThat(service.simulator("/admin/config").body())
                .as("after the run")
                .contains("\"faults\":[]");
    }

    /** The moment at which the script sent the faults to the simulator, by the one request of the run that did. */
    private static Instant faultsAsked(ScenarioRun run) throws Exception {
        Sample inject = run.samples("http_req_duration").stream()
                .filter(sample -> "inject".equals(sample.tags().get("name")))
                .findFirst()
                .orElseThrow();
        return inject.time().minusNanos(Math.round(inject.value() * 1e6)).minusMillis(2);
    }
}
