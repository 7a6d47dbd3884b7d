package io.bookstore.perf.cli.run;

import static io.bookstore.perf.testing.InOrder.inOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.EmptyService;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.compare.SampleRun;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.perf.testing.SampleLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Reports that are drawn again from what a run left, beside a baseline and by other limits. */
class ReportCommandTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final EmptyService service = new EmptyService();

    private final PerfProcess perf = new PerfProcess();

    @Test
    void reportIsDrawnAgainFromItsFolder() throws IOException {
        // given
        perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());
        Path report = folder.resolve("report.html");
        String first = Files.readString(report);
        Files.delete(report);

        // when
        int exitCode = perf.run(RecordedEngine.passing(), "report", folder.toString());

        // then
        assertThat(exitCode).isZero();
        assertThat(report).hasContent(first);
    }

    @Test
    void reportsOfASuiteAreDrawnAgainFromItsFolder() throws IOException {
        // given
        perf.run(
                RecordedEngine.passing(), "run", "ai-all", "--base-url", service.baseUrl(), "--out", folder.toString());
        List<Path> reports = Stream.of("ai-load", "ai-smoke", "ai-spike", "ai-stress")
                .map(part -> folder.resolve(part).resolve("report.html"))
                .toList();
        for (Path report : reports) {
            Files.delete(report);
        }
        PerfProcess again = new PerfProcess();

        // when
        int exitCode = again.run(RecordedEngine.passing(), "report", folder.toString());

        // then
        assertThat(exitCode).isZero();
        assertThat(reports).allSatisfy(report -> assertThat(report).exists());
        assertThat(again.out().lines())
                .containsExactlyElementsOf(reports.stream().map(Path::toString).toList());
    }

    @Test
    void reportWithoutResultsExits66() {
        int exitCode = perf.run(RecordedEngine.passing(), "report", folder.toString());

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err()).contains("No summary.json in " + folder);
    }

    /** Reading it was taken for a defect of the program, for JSON knows no fields that must be there. */
    @Test
    void reportOfAResultWithoutItsFactsExits66() throws IOException {
        Path summary = Files.writeString(folder.resolve("summary.json"), """
            {"schemaVersion": 1, "thresholds": [], "metrics": [], "operations": [], "checks": [], "errors": []}\
            """);

        int exitCode = perf.run(RecordedEngine.passing(), "report", folder.toString());

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err()).startsWith("Cannot draw " + summary + ": facts of the run are missing.");
    }

    @Test
    void emptyPathOfAReportExits64() {
        int exitCode = perf.run(RecordedEngine.passing(), "report", "");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).isEqualToIgnoringNewLines("PATH must be a folder or file, was \"\".");
    }

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
                .satisfies(inOrder(
                        "<li><a href=\"#comparison\">",
                        "<h2 id=\"comparison\">Compared with the baseline</h2>",
                        "WORSE: llm_response_time.p50 is ",
                        "<code>llm_response_time.p95</code>",
                        "<td class=\"number\">4.00 s</td>",
                        "<td class=\"number\">6.01 s</td>",
                        "<td class=\"\">WORSE</td>"));
    }

    @Test
    void runsThatMustNotBeComparedSayWhyInTheReport() throws IOException {
        write("before", SampleRun.at(0).summaries(600, 2000, 4000));
        write("after", SampleRun.at(1).users(50).summaries(600, 2000, 4000));

        assertThat(report("after", "--baseline", folder.resolve("before").toString()))
                .isZero();
        assertThat(folder.resolve("after/report.html"))
                .content()
                .satisfies(inOrder("<h2 id=\"comparison\">", "<p class=\"note bad\" role=\"note\">load: "));
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

    @Test
    void otherLimitsJudgeTheRequestsAgainAndChangeNothingButTheReport() throws IOException {
        write("run", SampleRun.at(0).summaries(4, 2000, 4000).goodput(600, 8_000));
        SampleLines samples = new SampleLines().metric("http_req_duration", "trend", "time");
        for (int second = 1; second <= 4; second++) {
            samples.point(
                    "http_req_duration",
                    Instant.parse("2026-11-23T10:00:00Z").plusSeconds(second),
                    1_000 * second,
                    "operation_type=llm",
                    "status=200");
        }
        samples.writeTo(folder.resolve("run/samples.jsonl"));
        String summary = Files.readString(folder.resolve("run/summary.json"));

        assertThat(report("run", "--slo", "llm.e2e=2500ms")).isZero();

        assertThat(perf.out()).contains("goodput 50.0 % (2 of 4 scheduled requests, whole run; binding: llm e2e)");
        assertThat(folder.resolve("run/report.html"))
                .content()
                .satisfies(inOrder(
                        "Passed",
                        "<h2 id=\"goodput\">Goodput</h2>",
                        "Judged again by llm.e2e=2.5s,crud.e2e=1s. The run itself was judged by llm.e2e=8s, with a goodput of 100 %."
                                + " Its verdict is not changed."));
        assertThat(folder.resolve("run/summary.json")).content().isEqualTo(summary);
        assertThat(folder.resolve("run/junit.xml")).doesNotExist();
    }

    @Test
    void runWithoutItsSamplesCannotBeJudgedAgain() throws IOException {
        write("run", SampleRun.at(0).summaries(600, 2000, 4000));

        assertThat(report("run", "--slo", "llm.e2e=2s")).isEqualTo(66);
        assertThat(perf.err()).contains("by --slo: it has no samples.jsonl, which tells of each request");
    }

    @Test
    void limitThatIsNoneIsRefusedBeforeAnythingIsDrawn() throws IOException {
        write("run", SampleRun.at(0).summaries(600, 2000, 4000));

        assertThat(report("run", "--slo", "llm.p95=2s")).isEqualTo(64);
        assertThat(folder.resolve("run/report.html")).doesNotExist();
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
