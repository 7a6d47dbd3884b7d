package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.perf.testing.StandInApi;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void manifestsAreWrittenAndNamed() {
        int exitCode = perf(
                "export",
                "k6-operator",
                "ai-load",
                "--scripts",
                "k6",
                "--base-url",
                "http://bookstore:7002",
                "--parallelism",
                "2",
                "-e",
                "DURATION_SCALE=0.5",
                "--out",
                folder.toString());

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).contains("configmap.yaml", "testrun.yaml");
        assertThat(folder.resolve("testrun.yaml"))
                .content()
                .contains(
                        "kind: TestRun", "name: ai-load", "parallelism: 2", "value: llm_load", "name: DURATION_SCALE");
        assertThat(folder.resolve("configmap.yaml")).content().contains("tests__ai-summary.js: |");
    }

    @Test
    void podsCannotStartTheService() {
        int exitCode = perf("export", "k6-operator", "ai-load", "--scripts", "k6");

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString())
                .isEqualTo("Pods cannot start the BookStore API: say with --base-url what they shall load.\n");
    }

    @Test
    void morePodsThanUsersAreRefused() {
        int exitCode = perf(
                "export", "k6-operator", "ai-smoke", "--scripts", "k6", "--base-url", "http://a", "--parallelism", "3");

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString()).isEqualTo("--parallelism must be 1 to 2, the virtual users of ai-smoke, was 3.\n");
    }

    @Test
    void suiteIsSeveralTestRuns() {
        int exitCode = perf("export", "k6-operator", "ai-all", "--base-url", "http://a");

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString()).isEqualTo("A TestRun is one scenario, and ai-all is several: export each.\n");
    }

    @Test
    void exportWantsToKnowWhereTo() {
        assertThat(perf("export")).isEqualTo(64);
        assertThat(err.toString()).contains("Name what to export to: k6-operator.");
    }

    @Test
    void twoFoldersAreOneResultWithOneVerdict() {
        String a = folder.resolve("a").toString();
        record(a, RecordedEngine.passing());
        String b = folder.resolve("b").toString();
        record(b, RecordedEngine.crossing());
        Path merged = folder.resolve("merged");

        int exitCode = perf("report", a, b, "--out", merged.toString());

        assertThat(exitCode).as(err.toString()).isEqualTo(99);
        assertThat(out.toString()).contains("crossed llm_response_time: limit p(95)<1000");
        assertThat(merged.resolve("report.html")).content().contains("2 load generators merged");
        assertThat(merged.resolve("junit.xml")).isNotEmptyFile();
    }

    private void record(String into, RecordedEngine engine) {
        try (StandInApi api = StandInApi.start()) {
            perf(engine, "run", "ai-smoke", "--base-url", api.baseUrl().toString(), "--out", into);
        }
    }

    private int perf(String... arguments) {
        return perf(RecordedEngine.passing(), arguments);
    }

    private int perf(RecordedEngine engine, String... arguments) {
        CommandLine commandLine = PerfCommand.commandLine(List.of(engine), new Interruption());
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
