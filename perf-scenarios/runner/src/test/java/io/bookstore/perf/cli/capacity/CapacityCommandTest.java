package io.bookstore.perf.cli.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.perf.testing.UnreliableBookStore;
import io.bookstore.perf.testing.UnreliableBookStore.Defect;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * A search makes its probes, says what it found in one sentence, and leaves each probe's result. Cases that make no probe of
 * their own read the folder of one whole search, or resume it.
 */
class CapacityCommandTest {

    /** No growth of answers below it is one of a service that falls behind. */
    private static final double QUICK_MS = 50;

    @TempDir
    static Path shared;

    private static final StandInApi service = StandInApi.start();
    private static final PerfProcess whole = new PerfProcess();
    private static int wholeExitCode;
    private static String capacityJson = "";

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @BeforeAll
    static void searchOnce() throws IOException {
        wholeExitCode = whole.run(new PacedEngine(84), arguments(shared.resolve("session")));
        capacityJson = Files.readString(shared.resolve("session/capacity.json"));
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void capacityIsSaidInOneSentenceWithItsIntervalAndTheFirstFailure() {
        assertThat(wholeExitCode).isZero();
        assertThat(whole.out())
                .startsWith(
                        "capacity of capacity-probe: 10 to 300 a minute, at most 10 probes of 1 min 00 s: 10 min 00 s,"
                                + " and the start of the service")
                .contains("probe 1, 10 a minute: 10 of 10 good, 100 %")
                .containsPattern("Holds 8\\d(\\.\\d)? a minute \\(8\\d(\\.\\d)? to 88\\.4\\) with 95 % within limits;"
                        + " at 88\\.4 the share\\swas 0 %\\.")
                .containsPattern("(?m)^ +4 +128 +129 +0 +0 % +does not hold$")
                .doesNotContain("the end-of-test summary");
    }

    @Test
    void eachProbeGetsItsRateAndItsLength() {
        PacedEngine engine = new PacedEngine(84);

        capacity(engine, "--probe", "90s", "--slo", "llm.e2e=8s", "--probes", "5");

        assertThat(engine.rates()).startsWith("10", "23.4", "54.76", "128.2", "83.79");
        assertThat(engine.requests())
                .allSatisfy(request -> assertThat(request.env())
                        .containsEntry("CAPACITY_PROBE", "90s")
                        .containsEntry("CAPACITY_LIMIT_MS", "8000")
                        .containsKey("CAPACITY_MOST_BAD"));
    }

    @Test
    void filesOfTheSearchAreThoseOfEachProbeAndTheCapacity() throws IOException {
        JsonNode json = new ObjectMapper().readTree(capacityJson);
        assertThat(json.path("schemaVersion").asInt()).isEqualTo(1);
        assertThat(json.path("exitCode").asInt()).isZero();
        assertThat(json.path("scenario").asText()).isEqualTo("capacity-probe");
        assertThat(json.path("perMinute").asDouble()).isBetween(80.0, 88.36);
        assertThat(json.path("lowerPerMinute").asDouble()).isBetween(80.0, 84.0);
        assertThat(json.path("upperPerMinute").asDouble()).isEqualTo(88.36);
        assertThat(json.path("attainment").asDouble()).isEqualTo(0.95);
        assertThat(json.path("ending").asText()).isEqualTo("narrow");
        assertThat(json.at("/probes/3/perMinute").asDouble()).isEqualTo(128.2);
        assertThat(json.at("/probes/3/folder").asText()).isEqualTo("probe-4");
        assertThat(json.at("/probes/3/saturated").asBoolean(true)).isFalse();
        assertThat(shared.resolve("session/probe-4/summary.json")).exists();
        assertThat(shared.resolve("session/probe-4/report.html")).exists();
    }

    @Test
    void oneServiceIsStartedForAllProbes() {
        int exitCode = perf.run(
                new PacedEngine(84),
                "capacity",
                "--api-jar",
                StandInApi.jar(folder, StandInApi.Ready.class).toString(),
                "--probes",
                "3",
                "--out",
                session("").toString());

        assertThat(exitCode).as(perf.err()).isZero();
        assertThat(session("probe-1/api.log")).content().contains("simulator reset");
        assertThat(session("probe-2/api.log")).doesNotExist();
        assertThat(session("probe-3/summary.json")).exists();
    }

    @Test
    void limitOfTheCommandLineDecidesWhatIsGood() {
        assertThat(capacity(new PacedEngine(84), "--slo", "llm.e2e=10s")).isZero();
        assertThat(perf.out().replace("\n", " "))
                .contains(
                        "Holds at least 300 a minute with 95 % within limits; 300 is the highest rate that was tried.")
                .contains("Raise --to to find the end.");
    }

    @Test
    void lowestRateThatFailsExits99() {
        assertThat(capacity(new PacedEngine(5), "--from", "60")).isEqualTo(99);
        assertThat(perf.out())
                .contains("Does not hold 60 a minute: the share was 0 %, and 95 % are wanted.")
                .contains("Lower --from, or look at what the service does at that rate.");
    }

    @Test
    void intervalThatStaysWideIsSaidToBe() {
        assertThat(resumed("--probes", "5")).isZero();
        assertThat(perf.out().replace("\n", " "))
                .contains(
                        "The interval is wider than 10 % after 5 probes: longer probes (--probe) or more (--probes) make"
                                + " it narrower.");
    }

    @Test
    void probeThatIsNoValidMeasurementExits83AndSaysWhy() {
        assertThat(capacity(new PacedEngine(84).droppingArrivals())).isEqualTo(83);
        assertThat(perf.out().replaceAll("\\s+", " "))
                .contains("probe 1, 10 a minute: INVALID")
                .contains(
                        "Stopped at probe 1, 10 a minute, which is no valid measurement: 10 of 20 arrivals found no free"
                                + " virtual user,");
    }

    @Test
    void probeThatBreaksOffEndsTheSearchWithItsExitCodeAndTheWayOn() {
        PacedEngine engine = new PacedEngine(84)
                .endingWith(run -> new EngineOutcome(run == 3 ? 107 : 0, run == 3 ? "It threw." : null));

        assertThat(capacity(engine)).isEqualTo(107);
        assertThat(perf.err())
                .startsWith("It threw. Complete: 2 probes; the same command with --out " + session("")
                        + " --resume goes on from there.");
    }

    @Test
    void completeProbesAreKeptAndTheSearchGoesOnFromThere() {
        capacity(new PacedEngine(84).endingWith(run -> new EngineOutcome(run == 3 ? 107 : 0, null)));
        PacedEngine second = new PacedEngine(84);

        int exitCode = capacity(second, "--resume", "--probes", "4");

        assertThat(exitCode).isZero();
        assertThat(second.rates()).containsExactly("54.76", "128.2");
        assertThat(perf.out()).contains("probe 2, 23.4 a minute (kept): 24 of 24 good, 100 %");
    }

    @Test
    void probesOfAnotherSearchAreNotKept() {
        assertThat(resumed("--from", "20")).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(shared.resolve("session/probe-1")
                        + " has CAPACITY_RATE 10, and this search wants 20: give the --from, --to,"
                        + " --attainment and --width that the folder was begun with, or another folder with --out.");
    }

    @Test
    void probesOfAnotherLengthAreNotKept() {
        assertThat(resumed("--probe", "30s")).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(shared.resolve("session/probe-1")
                        + " has CAPACITY_PROBE 1m, and this search wants 30s: give the --probe");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            llm.ttft=2s    | llm.ttft=2s,llm.e2e=8s
            llm.cost=0.02  | llm.e2e=8s,llm.cost=0.02
            llm.e2e=8500ms | llm.e2e=8.5s
            """)
    void probesThatWereJudgedByOtherLimitsAreNotKept(String slo, String wanted) {
        assertThat(resumed("--slo", slo)).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(shared.resolve("session/probe-1")
                        + " was judged by --slo llm.e2e=8s, and this search wants " + wanted
                        + ": give the limits that the folder was begun with, or another folder with --out.");
    }

    @Test
    void limitsOfTheScriptInOtherWordsKeepTheProbes() {
        assertThat(resumed("--slo", "llm.e2e=8s")).as(perf.err()).isZero();
        assertThat(perf.out()).contains("probe 4, 128.2 a minute (kept): 0 of 129 good, 0 %");
    }

    @Test
    void fewProbesThatAllHoldSayHowFarTheyWent() {
        assertThat(resumed("--probes", "3")).isZero();
        assertThat(perf.out().replace("\n", " "))
                .contains(
                        "Holds at least 54.8 a minute with 95 % within limits; 54.8 is the highest rate that was tried.");
    }

    @Test
    void searchStopsAtItsLimitInDollars() {
        PacedEngine engine = new PacedEngine(84).costing(0.01);

        assertThat(capacity(engine, "--max-usd", "0.32")).isEqualTo(79);
        assertThat(engine.rates()).hasSize(2);
        assertThat(perf.err()).startsWith("The probes have cost $0.34, and --max-usd allows $0.32. Complete: 1 probe;");
    }

    @Test
    void folderThatHasSomethingIsRefused() throws IOException {
        Files.createDirectories(session("mine"));

        assertThat(capacity(new PacedEngine(84))).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(session("") + " is not empty: name another folder with --out, or keep the probes in it with"
                        + " --resume.");
    }

    @Test
    void interruptedSearchLeavesWhatIsWholeAndSaysHowToGoOn() {
        Interruption interruption = new Interruption();
        PacedEngine engine = new PacedEngine(84).endingWith(run -> {
            if (run == 3) {
                interruption.ask();
            }
            return new EngineOutcome(run == 3 ? 105 : 0, null);
        });
        CommandLine commandLine = PerfCommand.commandLine(List.of(engine), interruption);
        StringWriter out = new StringWriter();
        commandLine.setOut(new PrintWriter(out, true));

        int exitCode = commandLine.execute(arguments(session("")));
        interruption.finished();

        assertThat(exitCode).isEqualTo(105);
        assertThat(out.toString())
                .contains("Interrupted. Complete: 2 probes; the same command with --out " + session("")
                        + " --resume goes on from there.");
        assertThat(session("probe-2")).isDirectory();
        assertThat(session("probe-3")).doesNotExist();
    }

    @Test
    void billOfAllProbesIsAgreedToOnce() {
        try (StandInApi paid = StandInApi.ofPaidProvider()) {
            perf.run(
                    new PacedEngine(84),
                    "capacity",
                    "--base-url",
                    paid.baseUrl().toString(),
                    "--out",
                    session("").toString(),
                    "--to",
                    "300",
                    "--probes",
                    "3",
                    "--yes");

            assertThat(perf.out().split("is not simulated", -1)).hasSize(2);
        }
    }

    @Test
    void jsonIsAllThatStandardOutputGets() throws IOException {
        resumed("--json");

        assertThat(new ObjectMapper().readTree(perf.out()).path("ending").asText())
                .isEqualTo("narrow");
        assertThat(perf.err()).contains("probe 3, 54.76 a minute (kept): 55 of 55 good, 100 %");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --from 0                     | --from must be from 1 to 1,000,000 arrivals a minute, was 0.
            --from many                  | --from must be a number, was "many".
            --from 400                   | --to must be more than --from and at most 1,000,000 arrivals a minute, was 300.
            --attainment 100             | --attainment must be from 50 to 99.9 percent, was 100.
            --probes 2                   | --probes must be from 3 to 100, was 2.
            --width 0.5                  | --width must be from 1 to 100 percent, was 0.5.
            --probe 2                    | --probe must be a time of at least 5s, such as 30s or 2m, was "2".
            --probe 1s                   | --probe must be a time of at least 5s, such as 30s or 2m, was "1s".
            --max-usd 0                  | --max-usd must be more than 0, was 0.0.
            --slo llm.e2f=8s             | Unknown dimension "e2f" in --slo: did you mean e2e?
            -e CAPACITY_RATE=5           | CAPACITY_RATE is set by the search: leave it out, and use --from, --to, --probe and --slo.
            ai-all                       | A capacity is about one scenario, and ai-all is several: ai-smoke, ai-load,
            capacity-prob                | Unknown scenario "capacity-prob": did you mean capacity-probe?
            """)
    void badInputIsOneSentenceBeforeAnythingStarts(String options, String sentence) {
        PacedEngine engine = new PacedEngine(84);

        int exitCode = capacity(engine, options.split(" +"));

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).startsWith(sentence);
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void resumeNeedsTheFolder() {
        assertThat(perf.run(new PacedEngine(84), "capacity", "--resume")).isEqualTo(64);
        assertThat(perf.err()).startsWith("--resume needs --out: name the folder whose probes are to be kept.");
    }

    @Test
    void folderThatIsNotThereIsNotResumed() {
        assertThat(capacity(new PacedEngine(84), "--resume")).isEqualTo(66);
        assertThat(perf.err())
                .startsWith("There is no folder " + session("") + " to go on with: leave out --resume to begin.");
    }

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

    private int capacity(PacedEngine engine, String... more) {
        return perf.run(engine, arguments(session(""), more));
    }

    /** Goes on in the folder of the whole search, whose probes are enough. */
    private int resumed(String... more) {
        PacedEngine engine = new PacedEngine(84);
        int resumedExitCode = perf.run(
                engine,
                Stream.concat(Stream.of(arguments(shared.resolve("session"), more)), Stream.of("--resume"))
                        .toArray(String[]::new));
        assertThat(engine.requests()).isEmpty();
        return resumedExitCode;
    }

    private static String[] arguments(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "capacity", "--base-url", service.baseUrl().toString(), "--to", "300", "--out", out.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private Path session(String file) {
        return folder.resolve("session").resolve(file);
    }
}
