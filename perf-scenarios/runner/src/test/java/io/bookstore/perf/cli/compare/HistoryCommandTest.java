package io.bookstore.perf.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.results.Verdict;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryCommandTest {

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @Test
    void runsOfAllFoldersAreListedTheNewestFirst() throws IOException {
        write("old", SampleRun.at(0).summaries(600, 2000, 4000));
        write("gate/baseline/1", SampleRun.at(2).summaries(200, 2000, 4100));
        write("suite/ai-smoke", SampleRun.at(1).scenario("ai-smoke").verdict(Verdict.of(99, null)));

        int exitCode = history();

        assertThat(exitCode).isZero();
        assertThat(perf.out().lines().map(line -> line.replaceAll(" {2,}", " | ")))
                .hasSize(4)
                .element(1)
                .asString()
                .endsWith(" | ai-load | passed | 200 | 4.10 s | 0 % | " + folder.resolve("gate/baseline/1"));
        assertThat(perf.out().lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .containsExactly(
                        "Folder",
                        folder.resolve("gate/baseline/1").toString(),
                        folder.resolve("suite/ai-smoke").toString(),
                        folder.resolve("old").toString());
        assertThat(perf.out()).contains("ai-smoke          thresholds crossed");
    }

    @Test
    void runThatCannotBeReadIsNamedAndTheOthersListed() throws IOException {
        write("good", SampleRun.at(0).summaries(600, 2000, 4000));
        Files.writeString(Files.createDirectories(folder.resolve("bad")).resolve("summary.json"), "{");

        assertThat(history()).isZero();
        assertThat(perf.out())
                .contains(folder.resolve("good").toString())
                .contains("note Cannot read " + folder.resolve("bad/summary.json"));
    }

    @Test
    void pageLiesInTheFolderAndSaysWhatCannotBeRead() throws IOException {
        write("good", SampleRun.at(0).summaries(600, 2000, 4000));
        Files.writeString(Files.createDirectories(folder.resolve("bad")).resolve("summary.json"), "{");

        int exitCode = perf.run(RecordedEngine.passing(), "history", folder.toString(), "--html");

        assertThat(exitCode).isZero();
        assertThat(perf.out()).contains("history " + folder.resolve("index.html"));
        assertThat(folder.resolve("index.html"))
                .content()
                .contains("<h1>1 run</h1>", "Cannot read " + folder.resolve("bad/summary.json"));
    }

    @Test
    void folderWithoutARunExits66() {
        assertThat(history()).isEqualTo(66);
        assertThat(perf.err()).startsWith("No summary.json in " + folder);
    }

    private int history() {
        return perf.run(RecordedEngine.passing(), "history", folder.toString());
    }

    private void write(String run, SampleRun result) throws IOException {
        SummaryFile.write(
                result.result(), Files.createDirectories(folder.resolve(run)).resolve("summary.json"));
    }
}
