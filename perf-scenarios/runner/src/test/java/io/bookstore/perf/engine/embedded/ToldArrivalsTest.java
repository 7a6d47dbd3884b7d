package io.bookstore.perf.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.testing.RecordingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a run that no sample has: how late arrivals start, and exceptions. */
class ToldArrivalsTest {

    @TempDir
    Path folder;

    @Test
    void everyStartOfAnArrivalRateIsToldWithItsDelayAndNoneIsEarly() throws Exception {
        RecordingListener told =
                run("executor: 'constant-arrival-rate', rate: 20, duration: '1s', preAllocatedVUs: 30");

        assertThat(told.arrivals).hasSize(21).noneMatch(late -> late.isNegative());
        assertThat(told.thrown).hasSize(21).containsOnly("Error: no");
    }

    @Test
    void iterationsOfAClosedLoopHaveNoPlannedMoment() throws Exception {
        RecordingListener told = run("executor: 'shared-iterations', iterations: 3");

        assertThat(told.arrivals).isEmpty();
        assertThat(told.thrown).hasSize(3);
    }

    private RecordingListener run(String scenario) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script.js"),
                "export const options = { scenarios: { s: { " + scenario + " } } };\n"
                        + "export default function () { throw new Error('no'); }\n");
        RecordingListener told = new RecordingListener();
        new EmbeddedEngine(Map.of())
                .start(new EngineRequest(script, Map.of(), folder), told)
                .await();
        return told;
    }
}
