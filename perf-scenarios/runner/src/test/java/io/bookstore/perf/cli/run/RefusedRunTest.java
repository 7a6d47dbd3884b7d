package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.EmptyService;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedRunTest {

    private static final ClosedPort closedPort = new ClosedPort();

    @TempDir
    Path folder;

    @RegisterExtension
    final EmptyService service = new EmptyService();

    private final PerfProcess perf = new PerfProcess();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${PERF_TEST_UNSET} | uses ${PERF_TEST_UNSET}, which is not set: export PERF_TEST_UNSET, or give it with --env.",
                "${file:secrets/token} | uses ${file:secrets/token}, and FOLDER/secrets/token cannot be read: write the secret there, or"
                        + " correct the path."
            })
    void secretOfADescriptorThatIsNotThereIsNamed(String secret, String sentence) throws IOException {
        Path descriptor = Files.writeString(
                folder.resolve("helpdesk.yml"),
                "name: helpdesk\nbaseUrl: " + service.baseUrl()
                        + "\nheaders: { Authorization: \"Bearer " + secret + "\" }\n"
                        + "operations: { summary: { method: POST, path: /chat } }\n");

        perf.run(
                new EmbeddedEngineOption(),
                "run",
                "ai-smoke",
                "-e",
                "TARGET=" + descriptor,
                "--out",
                folder.resolve("results").toString());

        assertThat(perf.out() + perf.err()).contains(sentence.replace("FOLDER", folder.toString()));
    }

    @Test
    void unknownScenarioIsOneSentenceThatNamesTheKnown() {
        int exitCode = perf.run(RecordedEngine.passing(), "run", "moonlight");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(
                        "Unknown scenario \"moonlight\": use ai-smoke, ai-load, ai-stress, ai-spike, ai-stream-smoke,")
                .endsWith("soak, ai-all, or the path of a .js script.\n");
    }

    @Test
    void wrongLimitOfARequestIsOneSentence() {
        int exitCode = perf.run(RecordedEngine.passing(), "run", "ai-smoke", "--slo", "llm.tftt=2s");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith("Unknown dimension \"tftt\" in --slo: ")
                .hasLineCount(1);
    }

    @Test
    void wrongLimitInAScriptIsRefusedBeforeAnythingStarts() throws IOException {
        Path script = Files.writeString(
                folder.resolve("shop.js"),
                "export const meta = { slo: { llm: { e2e: 'soon' } } };\nexport default function () {}\n");

        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                script.toString(),
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.resolve("results").toString());

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(
                        "llm.e2e in meta.slo of shop.js must be a time above 0, such as 800ms or 2s, was \"soon\".");
        assertThat(folder.resolve("results")).doesNotExist();
    }

    @Test
    void missingScriptExits66() {
        int exitCode = perf.run(RecordedEngine.passing(), "run", "no/such.js");

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err()).contains("No script at no/such.js");
    }

    @Test
    void unreachableServiceExits69() {
        String nobody = closedPort.url();

        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--base-url",
                nobody,
                "--out",
                folder.resolve("reports/new").toString());

        assertThat(exitCode).isEqualTo(69);
        assertThat(perf.err()).startsWith("Nothing answers at " + nobody);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void runThatNeverBeginsLeavesAFolderThatWasThereAsItWas() throws IOException {
        Path samples = Files.createFile(folder.resolve("samples.jsonl"));
        Path log = Files.createFile(folder.resolve("api.log"));

        perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--api-jar",
                folder.resolve("none.jar").toString(),
                "--out",
                folder.toString());

        assertThat(samples).exists();
        assertThat(log).exists();
    }

    @Test
    void apiThatCannotStartLeavesItsLogWhichTheMessageNames() throws IOException {
        Path noJar = Files.createFile(folder.resolve("api.jar"));
        Path results = folder.resolve("results");

        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--port",
                "0",
                "--api-jar",
                noJar.toString(),
                "--out",
                results.toString());

        assertThat(exitCode).isEqualTo(71);
        assertThat(perf.err()).contains("the end of " + results.resolve("api.log") + ":");
        assertThat(results.resolve("api.log")).isNotEmptyFile();
    }

    @Test
    void baseUrlThatIsNoUrlExits64() {
        int exitCode = perf.run(RecordedEngine.passing(), "run", "ai-smoke", "--base-url", "localhost:7002");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).contains("BASE_URL must be an http or https URL", "\"localhost:7002\"");
    }

    @Test
    void takenPortExits71() throws IOException {
        // given
        Path anyJar = Files.createFile(folder.resolve("api.jar"));
        try (ServerSocket taken = new ServerSocket(0)) {

            // when
            int exitCode = perf.run(
                    RecordedEngine.passing(),
                    "run",
                    "ai-smoke",
                    "--port",
                    String.valueOf(taken.getLocalPort()),
                    "--api-jar",
                    anyJar.toString(),
                    "--out",
                    folder.resolve("results").toString());

            // then
            assertThat(exitCode).isEqualTo(71);
            assertThat(folder.resolve("results")).doesNotExist();
            assertThat(perf.err()).contains("Port " + taken.getLocalPort(), "--port 0");
        }
    }

    @Test
    void missingApiJarExits66() {
        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--api-jar",
                folder.resolve("none.jar").toString(),
                "--out",
                folder.toString());

        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.err()).contains("none.jar", "mvn package");
    }

    @Test
    void unknownEngineExits64() {
        int exitCode = perf.run(RecordedEngine.passing(), "run", "ai-smoke", "--engine", "warp");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).contains("Unknown engine \"warp\": --engine must be auto, recorded.");
    }

    @Test
    void profileThatContradictsTheNameExits64() {
        int exitCode = perf.run(RecordedEngine.passing(), "run", "ai-smoke", "-e", "SCENARIO=llm_load");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith("SCENARIO is \"llm_load\", but ai-smoke is SCENARIO=llm_smoke: leave SCENARIO out, or run"
                        + " the script itself: llm-perf run ");
    }

    @Test
    void sameProfileInAnotherSpellingIsNoContradiction() {
        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "-e",
                "SCENARIO=llmSmoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(exitCode).isZero();
    }

    private int run(PerfProcess process, Path script, String output) {
        return process.run(
                new EmbeddedEngineOption(),
                "run",
                script.toString(),
                "--iterations",
                "1",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.resolve(output).toString());
    }
}
