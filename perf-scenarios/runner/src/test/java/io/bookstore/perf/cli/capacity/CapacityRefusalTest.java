package io.bookstore.perf.cli.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options and folders that a search refuses in one sentence, before its first probe. */
class CapacityRefusalTest {

    private static final SearchedService service = new SearchedService();

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @AfterAll
    static void stopService() {
        service.close();
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
    void folderThatHasSomethingIsRefused() throws IOException {
        Files.createDirectories(session("mine"));

        assertThat(capacity(new PacedEngine(84))).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(session("") + " is not empty: name another folder with --out, or keep the probes in it with"
                        + " --resume.");
    }

    @Test
    void folderThatIsNotThereIsNotResumed() {
        assertThat(capacity(new PacedEngine(84), "--resume")).isEqualTo(66);
        assertThat(perf.err())
                .startsWith("There is no folder " + session("") + " to go on with: leave out --resume to begin.");
    }

    private int capacity(PacedEngine engine, String... more) {
        return perf.run(engine, service.arguments(session(""), more));
    }

    private Path session(String file) {
        return folder.resolve("session").resolve(file);
    }
}
