package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.testing.RecordingListener;
import io.bookstore.perf.testing.UnreliableBookStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded requests, sent again with the timing of the recording. */
class ReplayTest {

    private static final Path script = Path.of("k6", "scenarios", "replay.js");

    @TempDir
    private Path folder;

    @Test
    void requestsOfALogAreSentInTheirOrderAtTheirMomentsTimesTheSpeed() throws Exception {
        Path log = Files.writeString(folder.resolve("access.log"), """
                10.0.0.1 - - [29/Nov/2026:10:00:00 +0000] "POST /api/v1/Books/65f0/generate-summary HTTP/1.1" 200 512
                10.0.0.1 - - [29/Nov/2026:10:00:00 +0000] "GET /api/v1/Books/65f0 HTTP/1.1" 200 512
                10.0.0.1 - - [29/Nov/2026:10:00:01 +0000] "GET /api/v1/Books/search?query=whale HTTP/1.1" 200 512
                10.0.0.1 - - [29/Nov/2026:10:00:04 +0000] "GET /robots.txt HTTP/1.1" 404 0
                """);

        RecordingListener told = new RecordingListener();
        try (UnreliableBookStore service = new UnreliableBookStore(Set.of(), 0)) {
            Map<String, String> env =
                    Map.of("BASE_URL", service.baseUrl().toString(), "RECORDING", log.toString(), "SPEED", "4");
            new EmbeddedEngine(Map.of())
                    .start(new EngineRequest(script, env, folder), told)
                    .await();
        }

        // On a busy machine one may not have begun when the schedule ends, and is told as dropped then.
        double dropped = told.samples.stream()
                .filter(sample -> sample.metric().equals("dropped_iterations"))
                .mapToDouble(Sample::value)
                .sum();
        assertThat(told.samples)
                .filteredOn(sample -> sample.metric().equals("http_req_duration"))
                .filteredOn(sample -> sample.metadata().containsKey("arrival_ms"))
                .extracting(ReplayTest::request)
                .hasSize(4 - (int) dropped)
                .isSubsetOf("summary at 62.5", "get at 187.5", "search at 375", "other at 1125");
        assertThat(told.plans.get(0).scenarios()).singleElement().satisfies(plan -> {
            assertThat(plan.executor()).isEqualTo("recorded-arrival-rate");
            assertThat(plan.openLoop()).isTrue();
            assertThat(plan.duration()).hasSeconds(2);
            assertThat(plan.volume()).isEqualTo(4);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.log | SPEED=1 | RECORDING \"<file>\" cannot be read as <file>: use sample, or the path of a recording.",
                "empty.log   | SPEED=1 | RECORDING \"<file>\" is empty: record some requests first.",
                "broken.log  | SPEED=1 | RECORDING \"<file>\" is broken at line 2: it is no JSON object; correct or delete the line.",
                "delete.log  | SPEED=1 | RECORDING \"<file>\" deletes at line 1, which is not repeated: delete that line.",
                "sample      | SPEED=0 | SPEED must be a number from 0.01 to 1000, was \"0\"."
            })
    void mistakesAreNamedBeforeAnyLoadStarts(String recording, String speed, String sentence) throws Exception {
        Files.writeString(folder.resolve("empty.log"), "\n");
        Files.writeString(folder.resolve("broken.log"), "{\"offsetMs\":0,\"operation\":\"get\"}\n{\"offsetMs\":");
        Files.writeString(
                folder.resolve("delete.log"), "{\"offsetMs\":0,\"method\":\"DELETE\",\"path\":\"/api/v1/Books/1\"}");
        String file = recording.endsWith(".log") ? folder.resolve(recording).toString() : recording;
        Map<String, String> env = new HashMap<>(Map.of("RECORDING", file));
        env.put("SPEED", speed.split("=")[1]);

        assertThat(Objects.requireNonNull(new EmbeddedEngine(Map.of())
                                .inspect(new EngineRequest(script, env, folder))
                                .problem())
                        .problem())
                .contains(sentence.replace("<file>", file));
    }

    private static String request(Sample sample) {
        return sample.tags().get("name") + " at " + sample.metadata().get("arrival_ms");
    }
}
