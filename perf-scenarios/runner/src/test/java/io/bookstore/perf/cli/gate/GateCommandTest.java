package io.bookstore.perf.cli.gate;

import static io.bookstore.perf.cli.gate.GatedServices.foldersOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.perf.testing.TimedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gate makes the pairs that {@code compare} judges; the services are there, and the engine says how fast they are. Cases
 * that make no run of their own read one whole gate of equal services.
 */
class GateCommandTest {

    @TempDir
    static Path shared;

    private static final GatedServices services = new GatedServices();
    private static final TimedEngine equal = services.engine(1);
    private static final PerfProcess whole = new PerfProcess();
    private static int wholeExitCode;

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @BeforeAll
    static void gateOnce() {
        wholeExitCode = whole.run(equal, services.arguments(shared.resolve("session")));
    }

    @AfterAll
    static void stopServices() {
        services.close();
    }

    @Test
    void slowerCandidateExits80AndLeavesEachRunWhereCompareReadsIt() {
        int exitCode = gate(services.engine(1.2));

        assertThat(exitCode).isEqualTo(80);
        assertThat(perf.out())
                .contains("WORSE: llm_response_time.p50 is 20.")
                .contains("llm_response_time.p95")
                .doesNotContain("the end-of-test summary");
        assertThat(perf.run(services.engine(1), "compare", session("baseline"), session("candidate")))
                .isEqualTo(80);
    }

    @Test
    void equalServicesExit0() {
        assertThat(wholeExitCode).as(whole.err()).isZero();
        assertThat(whole.out()).contains("SAME: no judged metric has changed by more than its margin (8 pairs).");
    }

    @Test
    void sidesTakeTurnsInBeingTheFirst() {
        assertThat(sidesOf(equal)).isEqualTo("AB BA AB BA AB BA AB BA");
        assertThat(foldersOf(equal, shared.resolve("session")))
                .startsWith("baseline/1", "candidate/1", "candidate/2", "baseline/2")
                .endsWith("candidate/8", "baseline/8");
    }

    @Test
    void controlRunsTheBaselineOnceMoreInEachPair() {
        TimedEngine engine = services.engine(1);

        gate(engine, "--pairs", "6", "--control");

        assertThat(sidesOf(engine).replace(" ", "")).isEqualTo("ABABAA".repeat(3));
        assertThat(perf.out())
                .contains("The baseline has two runs for each of the candidate: every second one is the control.");
    }

    @Test
    void eachRunIsAnnouncedAndTheirNumberBeforeTheFirst() {
        assertThat(whole.out())
                .startsWith("gate ai-smoke: 8 pairs, 16 runs")
                .contains("runs in " + shared.resolve("session"))
                .contains("engine timed: ")
                .contains("pair 3 of 8, candidate: llm_response_time p50 1.00 s, p95 1.09 s, 200 requests");
    }

    @Test
    void lengthOfAllRunsIsSaidBeforeTheFirst() {
        perf.run(
                new EmbeddedEngineOption(),
                "gate",
                "ai-smoke",
                "-e",
                "DURATION_SCALE=0.1",
                "--baseline-url",
                "http://127.0.0.1:1",
                "--candidate-url",
                "http://127.0.0.1:1",
                "--out",
                session(""));

        assertThat(perf.out())
                .startsWith("gate ai-smoke: 8 pairs, 16 runs, each up to 18.0 s: at most 4 min 48 s, and the starts of"
                        + " the service");
    }

    @Test
    void billOfAllRunsIsAgreedToOnce() {
        try (StandInApi paid = StandInApi.ofPaidProvider()) {
            perf.run(
                    services.engine(1),
                    services.arguments(folder.resolve("session"), paid, "--yes", "--allow", "simulated"));

            assertThat(perf.out().split("is not simulated", -1)).hasSize(2);
        }
    }

    @Test
    void morePairsAreAddedToACompleteGate() throws IOException {
        copyTheWholeGate();
        TimedEngine more = services.engine(1);

        int exitCode = gate(more, "--resume", "--pairs", "9");

        assertThat(exitCode).isZero();
        assertThat(foldersOf(more, folder.resolve("session"))).containsExactly("baseline/9", "candidate/9");
        assertThat(perf.out()).contains("(9 pairs)");
    }

    @Test
    void folderOfMorePairsThanAskedForIsNotResumed() {
        assertThat(perf.run(
                        services.engine(1), services.arguments(shared.resolve("session"), "--resume", "--pairs", "7")))
                .isEqualTo(64);
        assertThat(perf.err())
                .startsWith(shared.resolve("session/baseline/8")
                        + " is none of the runs of this gate: give --pairs and --control as"
                        + " the folder was begun with, or more --pairs.");
    }

    @Test
    void folderThatWasBegunInAnotherOrderIsNotResumed() {
        assertThat(perf.run(services.engine(1), services.arguments(shared.resolve("session"), "--resume", "--control")))
                .isEqualTo(64);
        assertThat(perf.err())
                .startsWith(
                        shared.resolve("session") + " was begun with neither --control nor --baseline, and this gate"
                                + " has --control: give the options that the folder was begun with, or another folder with --out.");
    }

    @Test
    void baselineThatWasRunBeforeIsNotRunAgain() {
        // given
        TimedEngine engine = services.engine(1.2);

        // when
        int exitCode = perf.run(
                engine,
                "gate",
                "ai-smoke",
                "--baseline",
                shared.resolve("session/baseline").toString(),
                "--candidate-url",
                services.candidateUrl().toString(),
                "--out",
                folder.resolve("second").toString());

        // then
        assertThat(exitCode).isEqualTo(80);
        assertThat(engine.requests()).hasSize(8);
        assertThat(perf.out()).contains("note One side ran wholly before the other");
    }

    @Test
    void jsonIsAllThatStandardOutputGets() throws IOException {
        perf.run(services.engine(1), services.arguments(shared.resolve("session"), "--resume", "--json"));

        JsonNode json = new ObjectMapper().readTree(perf.out());
        assertThat(json.at("/verdict").asText()).isEqualTo("SAME");
        assertThat(json.at("/exitCode").asInt()).isZero();
        assertThat(perf.err()).contains("gate ai-smoke: 8 pairs, 0 runs besides 16 that are kept");
    }

    private int gate(TimedEngine engine, String... more) {
        return perf.run(engine, services.arguments(folder.resolve("session"), more));
    }

    /** Copies it to where this case may add runs. */
    private void copyTheWholeGate() throws IOException {
        try (Stream<Path> files = Files.walk(shared.resolve("session"))) {
            for (Path each : files.toList()) {
                Files.copy(each, folder.resolve(shared.relativize(each).toString()));
            }
        }
    }

    private String session(String run) {
        return folder.resolve("session").resolve(run).toString();
    }

    private static String sidesOf(TimedEngine engine) {
        StringBuilder sides = new StringBuilder();
        for (EngineRequest request : engine.requests()) {
            sides.append(sides.length() % 3 == 2 ? " " : "").append(services.isBaseline(request) ? "A" : "B");
        }
        return sides.toString();
    }
}
