package io.bookstore.perf.cli.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.testing.StandInApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A search makes its probes, says what it found in one sentence, and leaves each probe's result. Cases that make no probe of
 * their own read the folder of one whole search, or resume it.
 */
class CapacityCommandTest {

    @TempDir
    static Path shared;

    private static final SearchedService service = new SearchedService();
    private static final PerfProcess whole = new PerfProcess();
    private static int wholeExitCode;
    private static String capacityJson = "";

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @BeforeAll
    static void searchOnce() throws IOException {
        wholeExitCode = whole.run(new PacedEngine(84), service.arguments(shared.resolve("session")));
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
    void intervalThatStaysWideIsSaidToBe() {
        assertThat(resumed("--probes", "5")).isZero();
        assertThat(perf.out().replace("\n", " "))
                .contains(
                        "The interval is wider than 10 % after 5 probes: longer probes (--probe) or more (--probes) make"
                                + " it narrower.");
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

    private int capacity(PacedEngine engine, String... more) {
        return perf.run(engine, service.arguments(session(""), more));
    }

    /** Goes on in the folder of the whole search, whose probes are enough. */
    private int resumed(String... more) {
        PacedEngine engine = new PacedEngine(84);
        int resumedExitCode = perf.run(
                engine,
                Stream.concat(Stream.of(service.arguments(shared.resolve("session"), more)), Stream.of("--resume"))
                        .toArray(String[]::new));
        assertThat(engine.requests()).isEmpty();
        return resumedExitCode;
    }

    private Path session(String file) {
        return folder.resolve("session").resolve(file);
    }
}
