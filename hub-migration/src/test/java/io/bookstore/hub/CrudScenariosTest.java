package io.bookstore.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.answer.Section;
import io.bookstore.perf.metrics.Sample;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The scenarios of plain requests that the guide does not have, against the packaged service. One after the other, for the
 * teardown of each deletes the books of all.
 */
class CrudScenariosTest {

    @TempDir
    private static Path folder;

    private static BookStoreService service;

    @BeforeAll
    static void start() {
        service = BookStoreService.start(
                folder.resolve("api.log"), Map.of("SIMULATOR_PROFILE", "zero", "BOOKSTORE_ERROR_TEST_ENABLED", "true"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"crud-smoke, 0.01", "crud-load, 0.002", "crud-stress, 0.001", "crud-spike, 0.002"})
    void plainRequestsPassAtEveryLoadAndLeaveNothingBehind(String scenario, String scale) throws Exception {
        ScenarioRun run = run(scenario, Map.of("DURATION_SCALE", scale));

        run.assertPassed();
        assertThat(run.nonZero("crud_errors")).as("failed requests").isZero();
        long sent = run.samples("http_reqs").stream()
                .filter(request -> "crud".equals(request.tags().get("operation_type")))
                .count();
        // Each iteration sends one request; only those of crud-smoke send five, for the life of a book.
        assertThat(sent).isGreaterThanOrEqualTo(run.count("iterations")).isPositive();
        assertThat(run.count("crud_operations")).isEqualTo(sent);
        assertThat(service.get("/api/v1/Books?genre=Load%20test").body()).contains("\"totalCount\":0");
    }

    @Test
    void everyErrorIsTheRightOneAndDisturbsNobody() throws Exception {
        // Each kind of request comes about four times.
        ScenarioRun run = ScenarioRun.ofIterations(
                "errors", 150, 30, Map.of("DURATION_SCALE", "0.004"), service.baseUrl(), folder.resolve("errors"));

        run.assertPassed();
        assertThat(run.nonZero("unexpected_answers")).isZero();
        assertThat(run.samples("error_answers").stream()
                        .map(Sample::tags)
                        .map(tags -> tags.get("status"))
                        .collect(Collectors.toSet()))
                .as("status of each kind of error; 0 is a client that gave up")
                .containsExactlyInAnyOrder(
                        "0", "400", "401", "403", "404", "405", "409", "410", "415", "422", "429", "500", "502", "503",
                        "504");
        assertThat(run.answer().sentence())
                .matches("All [\\d,]+ answers are the right ones; requests in order among them have a p95 of .+\\.");
        assertThat(run.answer().sections())
                .filteredOn(Section.Matrix.class::isInstance)
                .singleElement()
                .satisfies(matrix -> assertThat(((Section.Matrix) matrix).rows())
                        .extracting(Section.Row::label)
                        .contains("none", "200", "404", "504"));
    }

    /** A user compares what it waits at the end with its first five answers, if it got as many in the first quarter. */
    @Test
    void longRunComparesItsEndWithItsBeginning() throws Exception {
        ScenarioRun run = run("soak", Map.of("DURATION_SCALE", "0.02", "SOAK_DURATION", "15m", "SOAK_USERS", "1"));

        for (String kind : List.of("crud", "llm")) {
            assertThat(run.nonZero(kind + "_errors")).as(kind + "_errors").isZero();
            if (hasAnswersToCompare(run, kind)) {
                assertThat(run.result().metric(kind + "_drift"))
                        .as(kind + "_drift")
                        .isPresent();
                assertThat(run.crossedLimits()).noneMatch(limit -> limit.contains(kind));
            }
        }
        assertThat(run.crossedLimits()).allMatch(limit -> limit.contains("compared_answers"));
        assertThat(run.answer().sentence())
                .matches("At the end .+ times as long as at the beginning \\(limit 1000000\\)\\."
                        + "|Was too short to compare its end with its beginning\\.");
    }

    /** Looks at the only user's answers, a second inside the quarters of a run of 21.6 s. */
    private static boolean hasAnswersToCompare(ScenarioRun run, String kind) throws Exception {
        Instant start = run.samples("http_req_duration").stream()
                .filter(request -> request.tags().containsKey("operation_type"))
                .map(request -> request.time().minusMillis(Math.round(request.value())))
                .findFirst()
                .orElseThrow();
        List<Sample> answers = run.samples(kind + "_response_time");
        long early = answers.stream()
                .filter(answer -> answer.time().isBefore(start.plusSeconds(4)))
                .count();
        return early >= 6 && answers.stream().anyMatch(answer -> answer.time().isAfter(start.plusSeconds(18)));
    }

    private static ScenarioRun run(String scenario, Map<String, String> variables) throws InterruptedException {
        return ScenarioRun.of(scenario, variables, service.baseUrl(), folder.resolve(scenario));
    }
}
