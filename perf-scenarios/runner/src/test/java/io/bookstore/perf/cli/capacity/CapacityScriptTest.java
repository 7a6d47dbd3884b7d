package io.bookstore.perf.cli.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.UnreliableBookStore;
import io.bookstore.perf.testing.UnreliableBookStore.Defect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search with the scripts of the kit on the embedded engine. */
class CapacityScriptTest {

    /** No growth of answers below it is one of a service that falls behind. */
    private static final double QUICK_MS = 50;

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @Test
    void scriptThatIgnoresTheRateIsRefused() {
        assertThat(embedded("http://127.0.0.1:1", "ai-load-open")).isEqualTo(64);
        assertThat(perf.err()).contains("ai-summary.js does not arrive at CAPACITY_RATE a minute for CAPACITY_PROBE:");
    }

    @Test
    void rateThatNeedsMoreVirtualUsersThanThereAreIsRefusedBeforeTheFirstProbe() {
        assertThat(embedded("http://127.0.0.1:1", "--to", "100000")).isEqualTo(64);
        assertThat(perf.err())
                .startsWith("At --to 100,000 a minute: ")
                .contains(
                        "CAPACITY_RATE must be at most 2500 for answers within 8000 ms, for there are 500 virtual users, was"
                                + " 100000.");
    }

    @Test
    void realScriptIsProbedUntilItsHighestRateHolds() throws IOException {
        try (UnreliableBookStore quick = new UnreliableBookStore(EnumSet.noneOf(Defect.class), 0)) {
            int exitCode = embedded(quick.baseUrl().toString(), "--from", "240", "--to", "480", "--probe", "5s");

            assertThat(perf.out()).contains("probe 1, 240 a minute: ").doesNotContain("INVALID");
            if (slowestAnswerMs() < QUICK_MS) {
                assertThat(exitCode).as(perf.out() + perf.err()).isZero();
                assertThat(perf.out().replace("\n", " "))
                        .containsPattern(
                                "Holds at least \\d+ a minute with 95 % within limits; 480 is the highest rate");
            } else {
                // Other work on the machine slowed answers down, which looks as if a service fell behind.
                assertThat(exitCode).as(perf.out() + perf.err()).isIn(0, 99);
            }
        }
    }

    private double slowestAnswerMs() throws IOException {
        double slowest = 0;
        for (int probe = 1; Files.exists(session("probe-" + probe)); probe++) {
            RunResult result = SummaryFile.read(session("probe-" + probe + "/summary.json"));
            slowest = Math.max(
                    slowest, result.trend("llm_response_time").orElseThrow().max());
        }
        return slowest;
    }

    @Test
    void realScriptThatAlwaysFailsEndsItsProbeEarly() {
        try (UnreliableBookStore failing =
                new UnreliableBookStore(EnumSet.copyOf(Set.of(Defect.FAILING_SUMMARIES)), 0)) {
            int exitCode = embedded(failing.baseUrl().toString(), "--from", "600", "--to", "1200", "--probe", "20s");

            assertThat(perf.out()).doesNotContain("0 of 200 good");
            if (exitCode == 83) {
                // A machine that is busy with other work cannot keep the rate, and the search says so.
                assertThat(perf.out()).contains("arrivals started more than");
            } else {
                assertThat(exitCode).as(perf.out() + perf.err()).isEqualTo(99);
                assertThat(perf.out()).contains("Does not hold 600 a minute: the share was 0 %");
            }
        }
    }

    private int embedded(String baseUrl, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("capacity", "--base-url", baseUrl, "--out", session("").toString()));
        arguments.addAll(Arrays.asList(more));
        return perf.run(new EmbeddedEngineOption(), arguments.toArray(String[]::new));
    }

    private Path session(String file) {
        return folder.resolve("session").resolve(file);
    }
}
