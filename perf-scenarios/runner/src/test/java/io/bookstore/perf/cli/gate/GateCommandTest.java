package io.bookstore.perf.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.perf.testing.TimedEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * A gate makes the pairs that {@code compare} judges; the services are there, and the engine says how fast they are. Cases
 * that make no run of their own read one whole gate of equal services.
 */
class GateCommandTest {

    @TempDir
    static Path shared;

    private static final StandInApi baseline = StandInApi.start();
    private static final StandInApi candidate = StandInApi.start();
    private static final TimedEngine equal = engine(1);
    private static final PerfProcess whole = new PerfProcess();
    private static int wholeExitCode;

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @BeforeAll
    static void gateOnce() {
        wholeExitCode = whole.run(equal, arguments(shared.resolve("session"), candidate));
    }

    @AfterAll
    static void stopServices() {
        baseline.close();
        candidate.close();
    }

    @Test
    void slowerCandidateExits80AndLeavesEachRunWhereCompareReadsIt() {
        int exitCode = gate(engine(1.2));

        assertThat(exitCode).isEqualTo(80);
        assertThat(perf.out())
                .contains("WORSE: llm_response_time.p50 is 20.")
                .contains("llm_response_time.p95")
                .doesNotContain("the end-of-test summary");
        assertThat(perf.run(engine(1), "compare", session("baseline"), session("candidate")))
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
        assertThat(foldersOf(equal, shared))
                .startsWith("baseline/1", "candidate/1", "candidate/2", "baseline/2")
                .endsWith("candidate/8", "baseline/8");
    }

    @Test
    void controlRunsTheBaselineOnceMoreInEachPair() {
        TimedEngine engine = engine(1);

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
                new io.bookstore.perf.engine.embedded.EmbeddedEngineOption(),
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --candidate-jar pom.xml | The baseline is missing: give --baseline-jar or --baseline-url or --baseline.
            --baseline-jar pom.xml | The candidate is missing: give --candidate-jar or --candidate-url.
            --baseline-jar pom.xml --baseline-url http://a --candidate-jar pom.xml | --baseline-jar and --baseline-url exclude each other: keep one of them.
            --baseline-jar pom.xml --candidate-url http://a | Both sides must be started by the gate, or both run already: give two jars or two URLs.
            --baseline-url ftp://a --candidate-url http://a | BASE_URL must be an http or https URL
            --baseline-jar pom.xml --candidate-jar pom.xml --pairs 5 | --pairs must be from 6, for fewer get no verdict, to 1000, was 5.
            --baseline-jar pom.xml --candidate-jar pom.xml --pairs many | --pairs must be a whole number, was "many".
            --baseline-jar pom.xml --candidate-jar pom.xml --resume | --resume needs --out: name the folder whose runs are to be kept.
            --baseline-jar pom.xml --candidate-jar pom.xml -e BASE_URL=http://a | TARGET or BASE_URL name one service, and a gate needs two:
            --baseline-jar pom.xml --candidate-jar pom.xml -e TARGET=hub-services | TARGET or BASE_URL name one service, and a gate needs two:
            --baseline k6 --candidate-jar pom.xml --control | --control and --baseline exclude each other:
            --baseline-jar pom.xml --candidate-jar pom.xml --margin p95=0 | --margin p95 must be more than 0
            """)
    void badInputIsOneSentenceBeforeAnythingStarts(String options, String sentence) {
        TimedEngine engine = engine(1);

        int exitCode = perf.run(
                engine,
                Stream.concat(Stream.of("gate", "ai-smoke"), Arrays.stream(options.split(" ")))
                        .toArray(String[]::new));

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).startsWith(sentence);
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void jarThatIsNotThereExits66() {
        int exitCode =
                perf.run(engine(1), "gate", "ai-smoke", "--baseline-jar", "old.jar", "--candidate-jar", "pom.xml");

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err()).startsWith("There is no jar old.jar: build it, or correct --baseline-jar.");
    }

    @Test
    void suiteIsRefusedByTheNamesOfItsScenarios() {
        int exitCode =
                perf.run(engine(1), "gate", "ai-all", "--baseline-url", "http://a", "--candidate-url", "http://b");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith("A gate is about one scenario, and ai-all is several: ai-smoke, ai-load, ai-stress,");
    }

    @Test
    void folderThatHasSomethingIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("session/mine"));

        assertThat(gate(engine(1))).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(folder.resolve("session") + " is not empty: name another folder with --out, or keep the"
                        + " runs in it with --resume.");
    }

    @Test
    void runsThatCanNeverBeComparedEndTheGateAfterTheFirstPair() {
        try (StandInApi paid = StandInApi.ofPaidProvider()) {
            TimedEngine engine = engine(1);

            int exitCode = perf.run(engine, arguments(folder.resolve("session"), paid, "--yes"));

            assertThat(exitCode).isEqualTo(81);
            assertThat(engine.requests()).hasSize(2);
            assertThat(perf.out())
                    .contains("Stopped after pair 1 of 8, candidate.")
                    .contains("simulated: true in " + session("baseline/1") + ", false in " + session("candidate/1"));
        }
    }

    @Test
    void billOfAllRunsIsAgreedToOnce() {
        try (StandInApi paid = StandInApi.ofPaidProvider()) {
            perf.run(engine(1), arguments(folder.resolve("session"), paid, "--yes", "--allow", "simulated"));

            assertThat(perf.out().split("is not simulated", -1)).hasSize(2);
        }
    }

    @Test
    void completeRunsAreKeptAndTheOthersMade() {
        // given a gate that was ended in its fifth run
        TimedEngine first = engine(1.2).endingWith(run -> new EngineOutcome(run == 5 ? 107 : 0, null));
        assertThat(gate(first)).isEqualTo(81);

        // when
        TimedEngine second = engine(1.2);
        int exitCode = gate(second, "--resume");

        // then
        assertThat(exitCode).isEqualTo(80);
        assertThat(foldersOf(first, folder)).hasSize(5).endsWith("baseline/3");
        assertThat(foldersOf(second, folder)).hasSize(12).startsWith("baseline/3", "candidate/3", "candidate/4");
        assertThat(perf.out()).contains("12 runs besides 4 that are kept");
    }

    @Test
    void morePairsAreAddedToACompleteGate() throws IOException {
        copyTheWholeGate();
        TimedEngine more = engine(1);

        int exitCode = gate(more, "--resume", "--pairs", "9");

        assertThat(exitCode).isZero();
        assertThat(foldersOf(more, folder)).containsExactly("baseline/9", "candidate/9");
        assertThat(perf.out()).contains("(9 pairs)");
    }

    @Test
    void folderOfMorePairsThanAskedForIsNotResumed() {
        assertThat(perf.run(engine(1), arguments(shared.resolve("session"), candidate, "--resume", "--pairs", "7")))
                .isEqualTo(64);
        assertThat(perf.err())
                .startsWith(shared.resolve("session/baseline/8")
                        + " is none of the runs of this gate: give --pairs and --control as"
                        + " the folder was begun with, or more --pairs.");
    }

    @Test
    void folderThatWasBegunInAnotherOrderIsNotResumed() {
        assertThat(perf.run(engine(1), arguments(shared.resolve("session"), candidate, "--resume", "--control")))
                .isEqualTo(64);
        assertThat(perf.err())
                .startsWith(
                        shared.resolve("session") + " was begun with neither --control nor --baseline, and this gate"
                                + " has --control: give the options that the folder was begun with, or another folder with --out.");
    }

    @Test
    void folderThatIsNotThereIsNotResumed() {
        assertThat(gate(engine(1), "--resume")).isEqualTo(66);
        assertThat(perf.err())
                .startsWith("There is no folder " + folder.resolve("session")
                        + " to go on with: leave out --resume to begin.");
    }

    @Test
    void keptRunOfAnotherBuildIsRefused() throws IOException {
        write("session/baseline/1", SampleRun.at(0).scenario("ai-smoke").build("old.jar", "11aa"));
        Path jar = StandInApi.jar(folder, StandInApi.Ready.class);

        int exitCode = perf.run(
                engine(1),
                "gate",
                "ai-smoke",
                "--baseline-jar",
                jar.toString(),
                "--candidate-jar",
                jar.toString(),
                "--out",
                session(""),
                "--resume");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(session("baseline/1") + " ran old.jar (11aa), and " + jar + " is another build (");
    }

    @Test
    void keptRunOfAnotherScenarioIsRefused() throws IOException {
        write("session/baseline/1", SampleRun.at(0).scenario("ai-load"));

        assertThat(gate(engine(1), "--resume")).isEqualTo(64);
        assertThat(perf.err()).startsWith(session("baseline/1") + " ran ai-load, not ai-smoke:");
    }

    @Test
    void interruptedGateLeavesWhatIsWholeAndSaysHowToGoOn() {
        Interruption interruption = new Interruption();
        TimedEngine engine = engine(1).endingWith(run -> {
            if (run == 4) {
                interruption.ask();
            }
            return new EngineOutcome(run == 4 ? 105 : 0, null);
        });
        CommandLine commandLine = PerfCommand.commandLine(List.of(engine), interruption);
        java.io.StringWriter out = new java.io.StringWriter();
        commandLine.setOut(new PrintWriter(out, true));

        int exitCode = commandLine.execute(arguments(folder.resolve("session"), candidate));
        interruption.finished();

        assertThat(exitCode).isEqualTo(105);
        assertThat(out.toString())
                .contains("Interrupted. Complete: 3 of 16 runs; the same command with --out "
                        + folder.resolve("session") + " --resume makes the others.");
        assertThat(folder.resolve("session/candidate/2")).isDirectory();
        assertThat(folder.resolve("session/baseline/2")).doesNotExist();
    }

    @Test
    void serviceThatIsGoneEndsTheGateWithItsOwnExitCodeAndTheWayOn() {
        StandInApi leaving = StandInApi.start();
        TimedEngine engine = engine(1).endingWith(run -> {
            if (run == 2) {
                leaving.close();
            }
            return new EngineOutcome(0, null);
        });

        int exitCode = perf.run(engine, arguments(folder.resolve("session"), leaving));

        assertThat(exitCode).isEqualTo(69);
        assertThat(perf.err())
                .startsWith("Nothing answers at " + leaving.baseUrl())
                .contains("Complete: 2 of 16 runs;");
    }

    @Test
    void baselineThatWasRunBeforeIsNotRunAgain() {
        // given
        TimedEngine engine = engine(1.2);

        // when
        int exitCode = perf.run(
                engine,
                "gate",
                "ai-smoke",
                "--baseline",
                shared.resolve("session/baseline").toString(),
                "--candidate-url",
                candidate.baseUrl().toString(),
                "--out",
                folder.resolve("second").toString());

        // then
        assertThat(exitCode).isEqualTo(80);
        assertThat(engine.requests()).hasSize(8);
        assertThat(perf.out()).contains("note One side ran wholly before the other");
    }

    @Test
    void baselineOfTooFewRunsIsRefused() throws IOException {
        write("before/1", SampleRun.at(0).summaries(600, 2000, 4000));

        int exitCode = perf.run(
                engine(1),
                "gate",
                "ai-smoke",
                "--baseline",
                folder.resolve("before").toString(),
                "--candidate-url",
                "http://a");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(
                        "--baseline " + folder.resolve("before") + " has 1 run that counts, and 8 pairs need as many:");
    }

    @Test
    void jsonIsAllThatStandardOutputGets() throws IOException {
        perf.run(engine(1), arguments(shared.resolve("session"), candidate, "--resume", "--json"));

        JsonNode json = new ObjectMapper().readTree(perf.out());
        assertThat(json.at("/verdict").asText()).isEqualTo("SAME");
        assertThat(json.at("/exitCode").asInt()).isZero();
        assertThat(perf.err()).contains("gate ai-smoke: 8 pairs, 0 runs besides 16 that are kept");
    }

    private int gate(TimedEngine engine, String... more) {
        return perf.run(engine, arguments(folder.resolve("session"), candidate, more));
    }

    private static String[] arguments(Path out, StandInApi judged, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "gate",
                "ai-smoke",
                "--baseline-url",
                baseline.baseUrl().toString(),
                "--candidate-url",
                judged.baseUrl().toString(),
                "--out",
                out.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
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

    /** An engine for which the candidate is so many times slower. */
    private static TimedEngine engine(double factor) {
        return new TimedEngine(request -> isBaseline(request) ? 1000 : 1000 * factor);
    }

    private static boolean isBaseline(EngineRequest request) {
        return baseline.baseUrl().toString().equals(request.env().get("BASE_URL"));
    }

    private static String sidesOf(TimedEngine engine) {
        StringBuilder sides = new StringBuilder();
        for (EngineRequest request : engine.requests()) {
            sides.append(sides.length() % 3 == 2 ? " " : "").append(isBaseline(request) ? "A" : "B");
        }
        return sides.toString();
    }

    private static List<String> foldersOf(TimedEngine engine, Path in) {
        return engine.requests().stream()
                .map(request -> in.resolve("session")
                        .relativize(request.output())
                        .toString()
                        .replace('\\', '/'))
                .toList();
    }

    private void write(String run, SampleRun result) throws IOException {
        Path into = Files.createDirectories(folder.resolve(run));
        SummaryFile.write(result.summaries(600, 2000, 4000).result(), into.resolve("summary.json"));
    }
}
