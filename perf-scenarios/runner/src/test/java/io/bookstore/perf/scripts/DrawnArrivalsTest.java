package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.Inspection;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.testing.RecordingListener;
import io.bookstore.perf.testing.UnreliableBookStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of an open loop that arrive at drawn moments, and their time from the intended start. */
class DrawnArrivalsTest {

    private static final String SUMMARIES = "tests/ai-summary.js";

    /** An arrival a second for each user: 31 of them, in two seconds in which the users go from 1 to 30. */
    private static final String SURGE = """
            import { awaitArrival, openLoop } from '%1$s/lib/arrivals.js';
            import { summarize } from '%1$s/lib/llm.js';
            import { drawn } from '%1$s/lib/schedule.js';
            const variables = { ARRIVALS: { default: 'gamma' }, BURSTINESS: { default: 0.5 }, SEED: { default: 7 } };
            const surge = openLoop([['2s', 30]], 60, variables);
            const { maxDuration } = surge;
            export const options = { scenarios: { surge: Object.assign(surge, JSON.parse(__ENV.CHANGED)) } };
            export default function () {
              awaitArrival();
              summarize({ bookId: '1', title: 'Emma', author: 'Jane Austen' }, { requestId: 'any' });
            }
            export const handleSummary = () => ({
              'schedule.json': JSON.stringify(drawn(7, 0.5, 31, [{ ms: 2000, from: 1, to: 30 }])),
              'length.txt': maxDuration,
            });
            """;

    @TempDir
    private Path folder;

    @Test
    void everyRequestIsIntendedForItsMomentOfTheSchedule() throws Exception {
        // On a busy machine one may not have begun when the two seconds end, and is dropped then; in five minutes none
        // is.
        RecordingListener run = surge(0, "{ \"maxDuration\": \"5m\" }");

        List<Sample> requests = samples(run, "http_req_duration");
        assertThat(requests)
                .extracting(request -> Double.parseDouble(metadata(request, "arrival_ms")))
                .containsExactlyInAnyOrderElementsOf(schedule());
        assertThat(requests).hasSize(31).allMatch(request -> Objects.requireNonNull(request.lateMs()) >= 0);
        assertThat(samples(run, "dropped_iterations")).isEmpty();
        assertThat(folder.resolve("length.txt")).hasContent("2000ms");
    }

    @Test
    void arrivalThatFindsAllUsersAtWorkIsSentLateAndItsResponseTimeCountsFromItsIntendedStart() throws Exception {
        RecordingListener run = surge(100, "{ \"vus\": 1, \"maxDuration\": \"5m\" }");

        Map<String, Sample> requests = samples(run, "http_req_duration").stream()
                .collect(Collectors.toMap(sample -> metadata(sample, "trace_id"), sample -> sample));
        List<Sample> responseTimes = samples(run, "llm_response_time");
        assertThat(responseTimes).hasSize(31).allSatisfy(responseTime -> {
            Sample request = Objects.requireNonNull(requests.get(metadata(responseTime, "trace_id")));
            assertThat(responseTime.value()).isEqualTo(Objects.requireNonNull(request.lateMs()) + request.value());
        });
        // The last of 31 answers of 100 ms each cannot come earlier than this, and was due within 2 s.
        assertThat(responseTimes).anyMatch(responseTime -> responseTime.value() >= 1100);
    }

    @ParameterizedTest
    @CsvSource({"poisson, poisson-arrival-rate", "gamma, gamma-arrival-rate"})
    void drawnArrivalsArePlannedAsTheRateThatTheyHave(String arrivals, String executor) {
        RunPlan.Scenario even = plan(inspect("llm_load_open", Map.of()));

        assertThat(plan(inspect("llm_load_open", Map.of("ARRIVALS", arrivals))))
                .isEqualTo(new RunPlan.Scenario(
                        "llm_load_open",
                        executor,
                        even.startTime(),
                        even.duration(),
                        even.start(),
                        even.stages(),
                        even.peak(),
                        even.volume()))
                .matches(RunPlan.Scenario::openLoop);
    }

    @Test
    void oneIterationIsNoArrivalRate() {
        EngineRequest once = new EngineRequest(
                script(SUMMARIES),
                Map.of("SCENARIO", "llm_load_open", "ARRIVALS", "poisson"),
                folder,
                LoadFlags.selecting(List.of(), true));

        assertThat(plan(new EmbeddedEngine(Map.of()).inspect(once)).executor()).isEqualTo("shared-iterations");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llm_load_open | ARRIVALS=weibull | ARRIVALS must be one of constant, poisson, gamma, was \"weibull\".",
                "llm_load_open | ARRIVALS=gamma BURSTINESS=0 | BURSTINESS must be a number from 0.05 to 100, was \"0\".",
                "llm_load_open | ARRIVALS=gamma BURSTINESS=much | BURSTINESS must be a number from 0.05 to 100, was \"much\".",
                "llm_load_open | ARRIVALS=poisson SEED=1.5 | SEED must be a whole number from 0 to 4294967295, was \"1.5\".",
                "llm_load_open | ARRIVALS=poisson SEED=-1 | SEED must be a number from 0 to 4294967295, was \"-1\".",
                "llm_load_open | ARRIVALS=poisson BURSTINESS=2 | BURSTINESS=2 is the shape of gamma arrivals: set ARRIVALS=gamma too, or leave it out.",
                "llm_load_open | BURSTINESS=2 | BURSTINESS=2 is the shape of gamma arrivals: set ARRIVALS=gamma too, or leave it out.",
                "llm_load | ARRIVALS=poisson | ARRIVALS=poisson is for an open loop, and llm_load is a closed one: choose its twin llm_load_open, or leave it out."
            })
    void valueThatCannotBeDrawnIsNamedBeforeAnyLoadStarts(String load, String variables, String sentence) {
        Map<String, String> env = new HashMap<>();
        for (String variable : variables.split(" ")) {
            env.put(variable.split("=")[0], variable.split("=")[1]);
        }

        assertThat(Objects.requireNonNull(inspect(load, env).problem()).problem())
                .contains(sentence);
    }

    private Inspection inspect(String load, Map<String, String> variables) {
        Map<String, String> env = new HashMap<>(variables);
        env.put("SCENARIO", load);
        return new EmbeddedEngine(Map.of()).inspect(new EngineRequest(script(SUMMARIES), env, folder));
    }

    private static RunPlan.Scenario plan(Inspection inspection) {
        return inspection.known().orElseThrow().scenarios().get(0);
    }

    /** @param changed options of the scenario in place of the script's, as JSON */
    private RecordingListener surge(int delayMs, String changed) throws Exception {
        Path script = Files.writeString(
                folder.resolve("surge.js"), SURGE.formatted(Path.of("k6").toAbsolutePath()));
        RecordingListener told = new RecordingListener();
        Set<UnreliableBookStore.Defect> defects =
                delayMs == 0 ? Set.of() : Set.of(UnreliableBookStore.Defect.SLOW_SUMMARIES);
        try (UnreliableBookStore service = new UnreliableBookStore(defects, delayMs)) {
            Map<String, String> env = Map.of("BASE_URL", service.baseUrl().toString(), "CHANGED", changed);
            assertThat(new EmbeddedEngine(Map.of())
                            .start(new EngineRequest(script, env, folder), told)
                            .await()
                            .problem())
                    .isNull();
        }
        return told;
    }

    private List<Double> schedule() throws Exception {
        JsonNode moments =
                new ObjectMapper().readTree(folder.resolve("schedule.json").toFile());
        return moments.valueStream().map(JsonNode::doubleValue).toList();
    }

    private static Path script(String name) {
        return Path.of("k6").resolve(name);
    }

    private static List<Sample> samples(RecordingListener run, String metric) {
        return run.samples.stream()
                .filter(sample -> sample.metric().equals(metric))
                .toList();
    }

    private static String metadata(Sample sample, String key) {
        return Objects.requireNonNull(sample.metadata().get(key), key);
    }
}
