package io.bookstore.perf.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.ExitCode;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.perf.testing.TestsOfAnother;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.MultipleFailuresError;

class PerfScenarioTest {

    private static final String SCRIPT = "runner/src/test/resources/k6/junit/ends.js";

    @Test
    void bodySeesTheResultOfItsScript() throws Exception {
        Path results = Path.of("target/perf/Loaded.passes");

        assertThat(failureOf("passes")).isEmpty();
        assertThat(Files.readString(results.resolve("junit.xml")))
                .contains("tests=\"3\" failures=\"0\" errors=\"0\"")
                .contains("name=\"http_reqs count==2\"");
        assertThat(results.resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void crossedThresholdFailsWithItsValueAndLimit() {
        assertThat(failureOf("crossesOneThreshold")).get().isInstanceOfSatisfying(ScenarioFailure.class, failure -> {
            assertThat(failure).hasMessage("count of http_reqs was 2, limit is > 100");
            assertThat(failure.reason()).isEqualTo(ExitCode.THRESHOLDS_CROSSED);
            assertThat(failure.threshold().orElseThrow().expression()).isEqualTo("count>100");
            assertThat(failure.exitCode()).isEqualTo(99);
        });
    }

    @Test
    void eachOfSeveralCrossedThresholdsIsAFailure() {
        assertThat(failureOf("crossesTwoThresholds"))
                .get()
                .isInstanceOfSatisfying(
                        MultipleFailuresError.class,
                        all -> assertThat(all.getFailures())
                                .hasSize(2)
                                .allSatisfy(each -> assertThat(((ScenarioFailure) each).threshold())
                                        .isPresent()));
    }

    @ParameterizedTest
    @CsvSource({
        "timesOutInSetup, SETUP_TIMEOUT, 100, setup",
        "timesOutInTeardown, TEARDOWN_TIMEOUT, 101, teardown",
        "hasInvalidOptions, INVALID_CONFIGURATION, 104, options.iterations",
        "hasAScriptError, SCRIPT_EXCEPTION, 107, no books today",
        "isAborted, ABORTED_BY_SCRIPT, 108, the data is gone",
        "isMarkedAsFailed, MARKED_AS_FAILED, 110, one book was wrong"
    })
    void failureTellsTheReasonOfItsExitCode(String method, ExitCode reason, int exitCode, String sentence) {
        Throwable failure = failureOf(method).orElseThrow();

        // An aborted or unfinished run has crossed its thresholds too; the reason comes first.
        Throwable first =
                failure instanceof MultipleFailuresError all ? all.getFailures().get(0) : failure;
        assertThat(((ScenarioFailure) first).reason()).isEqualTo(reason);
        assertThat(((ScenarioFailure) first).exitCode()).isEqualTo(exitCode);
        assertThat(first).hasMessageContaining(sentence);
    }

    @Test
    void expectedExitCodePassesAndItsAbsenceFails() {
        assertThat(failureOf("expectsToCross")).isEmpty();
        assertThat(failureOf("expectsToCrossInVain"))
                .get()
                .isInstanceOfSatisfying(
                        ScenarioFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ExitCode.OK))
                .extracting(Throwable::getMessage)
                .isEqualTo("expected exit code 99: passed");
    }

    @Test
    void configurationNamesTheServiceIfTheClassDoesNot() {
        try (StandInApi api = StandInApi.start()) {
            String address = api.baseUrl().toString();

            assertThat(failureOf(Unattached.class, "passes", Map.of("perf.base-url", address)))
                    .isEmpty();
        }
        assertThat(failureOf(Unattached.class, "passes", Map.of()))
                .get()
                .extracting(Throwable::getMessage)
                .isEqualTo("No service to load: let Unattached implement ServiceUnderLoad, or set perf.base-url or"
                        + " BASE_URL.");
        assertThat(failureOf(Unattached.class, "passes", Map.of("perf.base-url", "not a url")))
                .get()
                .extracting(Throwable::getMessage)
                .isEqualTo("perf.base-url must be a URL, was \"not a url\".");
    }

    @Test
    void unknownEngineIsBlamedOnTheParameterThatAskedForIt() {
        Map<String, String> parameters = Map.of("perf.engine", "embeded", "perf.base-url", "http://localhost");

        assertThat(failureOf(Unattached.class, "passes", parameters))
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("Unknown engine \"embeded\": did you mean embedded? perf.engine must be auto, ");
    }

    @Test
    void mistakesInTheAnnotationAreNamed() {
        assertThat(failureOf("hasNoSuchScript"))
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("No script at gone.js");
        assertThat(failureOf("hasAMalformedVariable"))
                .get()
                .extracting(Throwable::getMessage)
                .isEqualTo("@PerfScenario(env = \"HOW\") must read NAME=value.");
    }

    @Test
    void testCostsNothingUnlessItIsAllowedTo() {
        assertThat(failureOf(Paid.class, "isNotAllowedToPay", Map.of()))
                .get()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("anthropic is not simulated", "A test must allow it: @PerfScenario(maxUsd = ");
        assertThat(failureOf(Paid.class, "isAllowedToPay", Map.of())).isEmpty();
    }

    private static Optional<Throwable> failureOf(String method) {
        return failureOf(Loaded.class, method, Map.of());
    }

    private static Optional<Throwable> failureOf(Class<?> testClass, String method, Map<String, String> configuration) {
        Map<String, String> complete = new java.util.HashMap<>(configuration);
        complete.putIfAbsent("perf.engine", "embedded");
        return TestsOfAnother.failureOf(testClass, method, complete);
    }

    static final class Loaded implements ServiceUnderLoad {

        private StandInApi api;

        @BeforeEach
        void start() {
            api = StandInApi.start();
        }

        @AfterEach
        void stop() {
            api.close();
        }

        @Override
        public URI baseUrl() {
            return api.baseUrl();
        }

        @PerfScenario(script = SCRIPT)
        void passes(RunResult result) {
            assertThat(result.count("http_reqs")).hasValue(2.0);
            assertThat(result.verdict().passed()).isTrue();
        }

        @PerfScenario(script = SCRIPT, env = "HOW=crossed")
        void crossesOneThreshold() {}

        @PerfScenario(script = SCRIPT, env = "HOW=both crossed")
        void crossesTwoThresholds() {}

        @PerfScenario(script = SCRIPT, env = "HOW=crossed", exitCode = 99)
        void expectsToCross(RunResult result) {
            assertThat(result.crossed()).hasSize(1);
        }

        @PerfScenario(script = SCRIPT, exitCode = 99)
        void expectsToCrossInVain() {}

        @PerfScenario(script = SCRIPT, env = "HOW=slow setup")
        void timesOutInSetup() {}

        @PerfScenario(script = SCRIPT, env = "HOW=slow teardown")
        void timesOutInTeardown() {}

        @PerfScenario(script = SCRIPT, env = "HOW=invalid options")
        void hasInvalidOptions() {}

        @PerfScenario(script = SCRIPT, env = "HOW=script error")
        void hasAScriptError() {}

        @PerfScenario(script = SCRIPT, env = "HOW=aborted")
        void isAborted() {}

        @PerfScenario(script = SCRIPT, env = "HOW=marked as failed")
        void isMarkedAsFailed() {}

        @PerfScenario(script = "gone.js")
        void hasNoSuchScript() {}

        @PerfScenario(script = SCRIPT, env = "HOW")
        void hasAMalformedVariable() {}
    }

    static final class Unattached {

        @PerfScenario(script = SCRIPT)
        void passes() {}
    }

    static final class Paid implements ServiceUnderLoad {

        private final StandInApi api = StandInApi.ofPaidProvider();

        @AfterEach
        void stop() {
            api.close();
        }

        @Override
        public URI baseUrl() {
            return api.baseUrl();
        }

        @PerfScenario(script = SCRIPT)
        void isNotAllowedToPay() {}

        @PerfScenario(script = SCRIPT, maxUsd = 1)
        void isAllowedToPay() {}
    }
}
