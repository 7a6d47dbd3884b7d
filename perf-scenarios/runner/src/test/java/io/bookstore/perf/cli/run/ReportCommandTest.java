package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @Test
    void filesThatTheSummaryIsEnoughForAreWrittenAgain() throws IOException {
        write("run", SampleRun.at(0).summaries(600, 2000, 4000));

        assertThat(report("run")).isZero();
        assertThat(folder.resolve("run"))
                .isDirectoryContaining("glob:**/report.html")
                .isDirectoryContaining("glob:**/summary.md")
                .isDirectoryContaining("glob:**/metrics.csv");
        assertThat(folder.resolve("run/report.html")).content().doesNotContain("<h2 id=\"comparison\">");
    }

    @Test
    void comparisonWithABaselineIsASectionOfEachReport() throws IOException {
        for (int pair = 0; pair < 6; pair++) {
            double noise = 1 + pair % 3 / 1000.0;
            write("before/" + pair, SampleRun.at(2 * pair).summaries(600, 2000 * noise, 4000 * noise));
            write("after/" + pair, SampleRun.at(2 * pair + 1).summaries(600, 3000 * noise, 6000 * noise));
        }

        assertThat(report("after", "--baseline", folder.resolve("before").toString()))
                .isZero();
        assertThat(folder.resolve("after/5/report.html"))
                .content()
                .containsSubsequence(
                        "<li><a href=\"#comparison\">",
                        "<h2 id=\"comparison\">Compared with the baseline</h2>",
                        "WORSE: llm_response_time.p50 is ",
                        "<code>llm_response_time.p95</code>",
                        "<td class=\"number\">4.00 s</td>",
                        "<td class=\"number\">6.01 s</td>",
                        "<td class=\"\">WORSE</td>");
    }

    @Test
    void runsThatMustNotBeComparedSayWhyInTheReport() throws IOException {
        write("before", SampleRun.at(0).summaries(600, 2000, 4000));
        write("after", SampleRun.at(1).users(50).summaries(600, 2000, 4000));

        assertThat(report("after", "--baseline", folder.resolve("before").toString()))
                .isZero();
        assertThat(folder.resolve("after/report.html"))
                .content()
                .containsSubsequence("<h2 id=\"comparison\">", "<p class=\"note bad\" role=\"note\">load: ");
    }

    @Test
    void baselineOfAMergedResultExits64AndSaysWhatToDo() throws IOException {
        write("a", SampleRun.at(0).summaries(600, 2000, 4000));
        write("b", SampleRun.at(1).summaries(600, 2000, 4000));

        int exitCode = perf.run(
                RecordedEngine.passing(),
                "report",
                folder.resolve("a").toString(),
                folder.resolve("b").toString(),
                "--baseline",
                folder.resolve("a").toString());

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).startsWith("--baseline goes with one folder of runs");
    }

    private int report(String run, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "report";
        arguments[1] = folder.resolve(run).toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return perf.run(RecordedEngine.passing(), arguments);
    }

    private void write(String run, SampleRun result) throws IOException {
        Path into = Files.createDirectories(folder.resolve(run));
        SummaryFile.write(result.result(), into.resolve("summary.json"));
    }
}
