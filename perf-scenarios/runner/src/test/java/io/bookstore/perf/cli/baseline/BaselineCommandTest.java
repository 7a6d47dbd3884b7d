package io.bookstore.perf.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.perf.baseline.Baseline;
import io.bookstore.perf.baseline.Baselines;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.perf.testing.TimedEngine;
import io.bookstore.testing.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A baseline is recorded once; the service is there, and the engine says how fast it is. */
class BaselineCommandTest {

    private static final int RUNS = 6;

    @TempDir
    static Path shared;

    private static final StandInApi service = StandInApi.start();
    private static final String[] ON_THE_SERVICE = {
        "--base-url", service.baseUrl().toString()
    };
    private static final PerfProcess recording = new PerfProcess();
    private static int recordedExitCode;

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @BeforeAll
    static void recordOnce() {
        recordedExitCode = recording.run(
                engine(1),
                "baseline",
                "record",
                "main",
                "ai-smoke",
                "-e",
                "DURATION_SCALE=0.5",
                "--base-url",
                service.baseUrl().toString(),
                "--runs",
                String.valueOf(RUNS),
                "--baselines",
                shared.toString());
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void recordingKeepsItsRunsAndTheOptionsThatTheyWereMadeWith() throws IOException {
        assertThat(recordedExitCode).as(recording.err()).isZero();
        assertThat(recording.out())
                .startsWith("baseline main, ai-smoke: 6 in all, 6 runs")
                .contains("run 3 of 6: llm_response_time p50 ")
                .endsWith("baseline " + shared.resolve("main") + "\n");
        JsonNode kept =
                new ObjectMapper().readTree(shared.resolve("main/baseline.json").toFile());
        assertThat(kept.path("scenario").asText()).isEqualTo("ai-smoke");
        assertThat(kept.path("engine").asText()).isEqualTo("timed");
        assertThat(kept.path("runs").asInt()).isEqualTo(RUNS);
        assertThat(kept.path("scriptHash").asText()).isNotEmpty();
        assertThat(kept.path("arguments").toString())
                .contains("ai-smoke", "--engine=timed", "--env=DURATION_SCALE=0.5", "--base-url=" + service.baseUrl())
                .doesNotContain("--runs", "--baselines");
    }

    @Test
    void equalServiceExits0AfterTheSameRuns() {
        TimedEngine engine = engine(1);

        int exitCode = check(engine, "--out", folder.resolve("new").toString());

        assertThat(exitCode).as(perf.err()).isZero();
        assertThat(perf.out()).contains("SAME: no judged metric has changed by more than its margin (6 pairs).");
        assertThat(engine.requests())
                .hasSize(RUNS)
                .allSatisfy(request -> assertThat(request.env())
                        .containsEntry("DURATION_SCALE", "0.5")
                        .containsEntry("BASE_URL", service.baseUrl().toString()));
        assertThat(folder.resolve("new/candidate/6/report.html")).exists();
    }

    @Test
    void slowerServiceExits80() {
        assertThat(check(engine(1.2), "--out", folder.resolve("new").toString()))
                .isEqualTo(80);
        assertThat(perf.out()).contains("WORSE: llm_response_time.p50 is 20.");
    }

    @ParameterizedTest
    @CsvSource({"1, 0, SAME", "1.3, 80, WORSE"})
    void runsThatWereMadeAlreadyAreComparedWithoutNewOnes(double factor, int expected, String verdict)
            throws IOException {
        save(new Baselines(folder), "kept");
        write("today", RUNS, factor, run -> run);
        TimedEngine engine = engine(1);

        int exitCode = checkKept(engine, "kept", folder.resolve("today").toString());

        assertThat(exitCode).isEqualTo(expected);
        assertThat(perf.out()).startsWith(verdict);
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void runsOfAnotherScenarioOrEngineAreRefusedWithBothNames() throws IOException {
        save(new Baselines(folder), "kept");
        write("today", RUNS, 1, run -> run.scenario("ai-stress").engine("binary"));

        int exitCode = checkKept(engine(1), "kept", folder.resolve("today").toString());

        assertThat(exitCode).isEqualTo(81);
        assertThat(perf.out())
                .contains("scenario: ai-load in " + folder.resolve("kept/baseline/0") + ", ai-stress in ")
                .contains("engine: embedded in " + folder.resolve("kept/baseline/0") + ", binary in ");
    }

    @Test
    void descriptorThatHasChangedIsRefusedBeforeAnyRun() throws IOException {
        // given
        Path target = Files.writeString(folder.resolve("chat.yml"), """
                name: chat
                baseUrl: %s
                paid: false
                operations:
                  summary: { method: POST, path: /api/v1/Books/1/generate-summary }
                """.formatted(service.baseUrl()));
        assertThat(record(engine(1), "--target", target.toString()))
                .as(perf.err())
                .isZero();
        assertThat(new Baselines(folder).read("new"))
                .satisfies(kept -> assertThat(kept.target()).isEqualTo(target.toString()))
                .satisfies(kept -> assertThat(kept.arguments()).contains("--env=TARGET=" + target));

        // when
        Files.writeString(target, "timeout: 10s\n", StandardOpenOption.APPEND);
        TimedEngine engine = engine(1);
        int exitCode = checkKept(engine, "new", "--out", folder.resolve("again").toString());

        // then
        assertThat(exitCode).isEqualTo(81);
        assertThat(perf.err())
                .startsWith(
                        "The script, or the descriptor that it reads, has changed since baseline \"new\" was recorded (")
                .endsWith("or compare nevertheless with --allow=script-content.\n");
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void interruptedRecordingGoesOnWithTheSameCommand() {
        // given a recording whose third run was ended
        TimedEngine first = engine(1).endingWith(run -> new EngineOutcome(run == 3 ? 107 : 0, null));
        assertThat(record(first, ON_THE_SERVICE)).isEqualTo(81);
        assertThat(perf.err())
                .startsWith(folder.resolve("new/baseline/3") + " does not count (")
                .endsWith("so nothing is recorded: find the cause, and the same command makes it again.\n");
        assertThat(new Baselines(folder).names()).isEmpty();

        // when
        TimedEngine second = engine(1);
        int exitCode = record(second, ON_THE_SERVICE);

        // then
        assertThat(exitCode).isZero();
        assertThat(second.requests()).hasSize(1);
        assertThat(new Baselines(folder).names()).containsExactly("new");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            record main ai-smoke --runs 5 | --runs must be from 6, for fewer get no verdict, to 1000, was 5.
            record main ai-smoke          | There is a baseline "main" already: choose another name, or remove
            record ../main ai-smoke       | The name of a baseline must have letters, digits, dots, dashes and underscores alone, was "../main".
            record new ai-all             | A baseline is about one scenario, and ai-all is several: ai-smoke,
            record new ai-smoke -e API_TOKEN=abc | A baseline keeps its options in a file, and API_TOKEN has a secret:
            record new ai-smoke --base-url http://me:pw@host | A baseline keeps its options in a file, and --base-url has a secret:
            check main --resume           | --resume needs --out: name the folder whose runs are to be kept.
            check main --base-url here    | --base-url must be an http or https URL such as
            """)
    void badInputIsOneSentenceBeforeAnythingStarts(String line, String sentence) {
        TimedEngine engine = engine(1);

        int exitCode = perf.run(engine, ("baseline " + line + " --baselines " + shared).split(" +"));

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).startsWith(sentence);
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void baselineThatIsNotThereIsRefusedWithThoseThatAre() {
        int exitCode = perf.run(engine(1), "baseline", "check", "man", "--baselines", shared.toString());

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err())
                .isEqualTo("There is no baseline \"man\" in " + shared
                        + ": it has main; record it with \"llm-perf baseline record man SCENARIO\".\n");
    }

    @Test
    void baselineOfOptionsThatThisVersionDoesNotHaveIsRefused() throws IOException {
        Baselines baselines = new Baselines(folder);
        save(baselines, "kept");
        baselines.save(new Baseline(
                1, "kept", "ai-load", null, List.of("ai-load", "--warp=9"), "timed", null, RUNS, "0.9", "2026-11-23"));

        assertThat(checkKept(engine(1), "kept")).isEqualTo(66);
        assertThat(perf.err())
                .startsWith("The options of baseline \"kept\", [ai-load, --warp=9], are none of this version:");
    }

    @Test
    void listNamesEachBaselineAndOneThatCannotBeRead() throws IOException {
        save(new Baselines(folder), "kept");
        Files.writeString(Files.createDirectories(folder.resolve("torn")).resolve("baseline.json"), "{\"name\":");

        int exitCode = perf.run(engine(1), "baseline", "list", "--baselines", folder.toString());

        assertThat(exitCode).isZero();
        assertThat(perf.out().lines().toList().get(1))
                .matches("kept +ai-load +timed +6 +0\\.1\\.0 +2026-11-23T10:00:00Z +" + folder.resolve("kept"));
        assertThat(perf.out()).contains("note Cannot read " + folder.resolve("torn/baseline.json") + " (");
    }

    @Test
    void pageHasEveryOptionThatIsNoneOfCompareOrRun() throws IOException {
        assertThat(Files.readString(Checkout.root().resolve("perf-scenarios/docs/baseline.md")))
                .contains("`--target`", "`--runs`", "`--baselines`", "`--base-url`", "`--api-jar`", "`--out`")
                .contains("`--resume`", "`--yes`");
    }

    private int check(TimedEngine engine, String... more) {
        return perf.run(engine, arguments("check", "main", shared, more));
    }

    private int checkKept(TimedEngine engine, String name, String... more) {
        return perf.run(engine, arguments("check", name, folder, more));
    }

    private int record(TimedEngine engine, String... more) {
        List<String> options = new ArrayList<>(List.of("ai-smoke", "--runs", "6"));
        options.addAll(List.of(more));
        return perf.run(engine, arguments("record", "new", folder, options.toArray(String[]::new)));
    }

    private static String[] arguments(String command, String name, Path baselines, String... more) {
        List<String> arguments = new ArrayList<>(List.of("baseline", command, name));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--baselines", baselines.toString()));
        return arguments.toArray(String[]::new);
    }

    private void save(Baselines baselines, String name) throws IOException {
        write(name + "/baseline", 0, 1, run -> run);
        baselines.save(new Baseline(
                1, name, "ai-load", null, List.of("ai-load"), "timed", null, RUNS, "0.1.0", "2026-11-23T10:00:00Z"));
    }

    /** @param from the minute of the first run */
    private void write(String into, int from, double factor, UnaryOperator<SampleRun> facts) throws IOException {
        for (int run = 0; run < RUNS; run++) {
            Path own = Files.createDirectories(folder.resolve(into).resolve(String.valueOf(run)));
            double noise = factor * (1 + (run % 3 - 1) / 1000.0);
            SummaryFile.write(
                    facts.apply(SampleRun.at(from + run))
                            .summaries(600, 2000 * noise, 4000 * noise)
                            .result(),
                    own.resolve("summary.json"));
        }
    }

    private static TimedEngine engine(double factor) {
        return new TimedEngine(request -> 1000 * factor);
    }
}
