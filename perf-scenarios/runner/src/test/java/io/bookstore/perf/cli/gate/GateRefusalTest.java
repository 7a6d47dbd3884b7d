package io.bookstore.perf.cli.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.perf.testing.TimedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options and folders that a gate refuses in one sentence, before its first run. */
class GateRefusalTest {

    private static final GatedServices services = new GatedServices();

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @AfterAll
    static void stopServices() {
        services.close();
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
        TimedEngine engine = services.engine(1);

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
        int exitCode = perf.run(
                services.engine(1), "gate", "ai-smoke", "--baseline-jar", "old.jar", "--candidate-jar", "pom.xml");

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err()).startsWith("There is no jar old.jar: build it, or correct --baseline-jar.");
    }

    @Test
    void suiteIsRefusedByTheNamesOfItsScenarios() {
        int exitCode = perf.run(
                services.engine(1), "gate", "ai-all", "--baseline-url", "http://a", "--candidate-url", "http://b");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith("A gate is about one scenario, and ai-all is several: ai-smoke, ai-load, ai-stress,");
    }

    @Test
    void folderThatHasSomethingIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("session/mine"));

        assertThat(gate(services.engine(1))).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(folder.resolve("session") + " is not empty: name another folder with --out, or keep the"
                        + " runs in it with --resume.");
    }

    @Test
    void folderThatIsNotThereIsNotResumed() {
        assertThat(gate(services.engine(1), "--resume")).isEqualTo(66);
        assertThat(perf.err())
                .startsWith("There is no folder " + folder.resolve("session")
                        + " to go on with: leave out --resume to begin.");
    }

    @Test
    void keptRunOfAnotherBuildIsRefused() throws IOException {
        write("session/baseline/1", SampleRun.at(0).scenario("ai-smoke").build("old.jar", "11aa"));
        Path jar = StandInApi.jar(folder, StandInApi.Ready.class);

        int exitCode = perf.run(
                services.engine(1),
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

        assertThat(gate(services.engine(1), "--resume")).isEqualTo(64);
        assertThat(perf.err()).startsWith(session("baseline/1") + " ran ai-load, not ai-smoke:");
    }

    @Test
    void baselineOfTooFewRunsIsRefused() throws IOException {
        write("before/1", SampleRun.at(0).summaries(600, 2000, 4000));

        int exitCode = perf.run(
                services.engine(1),
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

    private int gate(TimedEngine engine, String... more) {
        return perf.run(engine, services.arguments(folder.resolve("session"), more));
    }

    private String session(String run) {
        return folder.resolve("session").resolve(run).toString();
    }

    private void write(String run, SampleRun result) throws IOException {
        Path into = Files.createDirectories(folder.resolve(run));
        SummaryFile.write(result.summaries(600, 2000, 4000).result(), into.resolve("summary.json"));
    }
}
