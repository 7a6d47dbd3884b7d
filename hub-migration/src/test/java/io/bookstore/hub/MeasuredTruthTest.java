package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run measures of a provider with realistic latency is what that provider did. */
class MeasuredTruthTest {

    @TempDir
    Path folder;

    @Test
    void medianResponseTimeIsTheSimulatorsOwnPlusTheServicesOverhead() throws Exception {
        try (BookStoreService service =
                new BookStoreService(folder.resolve("api.log"), Map.of("SIMULATOR_PROFILE", "sonnet-class"))) {
            PerfRun run = PerfRun.run(
                    "ai-smoke",
                    folder.resolve("ai-smoke"),
                    Map.of("BASE_URL", service.baseUrl(), "DURATION_SCALE", "0.1"));

            double sent = service.journal().get("medianActualDurationMs").asDouble();
            double overhead = run.median("llm_app_overhead");
            assertThat(run.command().exitCode()).as(run.command().output()).isZero();
            assertThat(sent).isGreaterThan(1000);
            assertThat(run.median("llm_response_time")).isCloseTo(sent + overhead, withinPercentage(5));
        }
    }
}
