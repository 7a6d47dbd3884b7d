package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.perf.cli.EmptyService;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final EmptyService service = new EmptyService();

    private final PerfProcess perf = new PerfProcess();

    @Test
    void passingRunExits0AndLeavesEveryFile() {
        // given
        Path results = folder.resolve("results");

        // when
        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                results.toString());

        // then
        assertThat(exitCode).isZero();
        assertThat(results).isDirectoryContaining("glob:**/report.html");
        assertThat(results.resolve("summary.json")).content().containsPattern("\"scriptHash\" : \"[0-9a-f]{12}\"");
        assertThat(results).isDirectoryContaining("glob:**/junit.xml");
    }

    @Test
    void secretReachesTheScriptAndNoFile() throws IOException {
        RecordedEngine engine = RecordedEngine.passing();

        perf.run(
                engine,
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "-e",
                "API_KEY=quite-secret",
                "-e",
                "NOTE=Bearer quite-secret",
                "--out",
                folder.toString());

        assertThat(engine.requests().get(0).env()).containsEntry("API_KEY", "quite-secret");
        assertThat(folder.resolve("summary.json")).content().contains("\"API_KEY\" : \"***\"");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("quite-secret"));
        }
        assertThat(perf.out() + perf.err()).doesNotContain("quite-secret");
    }

    @Test
    void crossedThresholdExits99() {
        int exitCode = perf.run(
                RecordedEngine.crossing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(exitCode).isEqualTo(99);
    }

    @Test
    void scenarioNameAndVariablesReachTheScript() {
        // given
        RecordedEngine engine = RecordedEngine.passing();

        // when
        perf.run(
                engine,
                "run",
                "aiLoad",
                "--base-url",
                service.baseUrl() + "/",
                "-e",
                "DURATION_SCALE=0.5",
                "--out",
                folder.toString());

        // then
        assertThat(engine.requests()).singleElement().satisfies(request -> {
            assertThat(request.script()).endsWithRaw(Path.of("k6", "tests", "ai-summary.js"));
            assertThat(request.env())
                    .containsAllEntriesOf(
                            Map.of("SCENARIO", "llm_load", "DURATION_SCALE", "0.5", "BASE_URL", service.baseUrl()));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ thresholds: { http_req_failed: ['rate<0.01'], http_req_duration: ['p(95)<500'] } } | 0 | 65 | Nothing was measured: no limit had a sample (http_req_failed, http_req_duration); check what the script does.",
                "{ scenarios: { s: { executor: 'constant-vus', duration: '1s', gracefulStop: '0s' } } } | 600 | 65 | Nothing was measured: no iteration came to its end; make the run longer.",
                "{ thresholds: { http_reqs: ['count<1'] } } | 0 | 0 | PASSED",
                "{} | 0 | 0 | PASSED"
            })
    void runThatMeasuredNothingHasNotPassed(String options, double sleep, int code, String words) throws IOException {
        // given
        Path script = Files.writeString(
                folder.resolve("quiet.js"),
                "import { sleep } from 'k6';\nexport const options = " + options
                        + ";\nexport default function () { sleep(" + sleep + "); }\n");

        // when
        int exitCode = perf.run(
                new EmbeddedEngineOption(),
                "run",
                script.toString(),
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.resolve("results").toString());

        // then
        assertThat(exitCode).isEqualTo(code);
        assertThat(perf.out()).contains(words);
        assertThat(folder.resolve("results/junit.xml")).exists();
    }

    @Test
    void interruptionWhileTheRunIsPreparedExits105() throws Exception {
        // given
        Path script = Files.writeString(folder.resolve("endless.js"), "while (true);\nexport default function () {}\n");
        String results = folder.resolve("results").toString();
        CompletableFuture<Interruption> installed = new CompletableFuture<>();
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        Thread main = new Thread(() -> {
            Interruption interruption = new Interruption();
            installed.complete(interruption);
            exitCode.complete(PerfCommand.commandLine(List.of(new EmbeddedEngineOption()), interruption)
                    .execute("run", script.toString(), "--base-url", service.baseUrl(), "--out", results));
        });

        // when
        main.start();
        installed.get().ask();

        // then
        assertThat(exitCode.get(2, TimeUnit.MINUTES)).isEqualTo(105);
        assertThat(Path.of(results)).doesNotExist();
    }

    @Test
    void suiteRunsInOrderGoesOnAfterABreachAndCombinesTheVerdict() {
        // given
        RecordedEngine engine = RecordedEngine.crossing();

        // when
        int exitCode = perf.run(engine, "run", "ai-all", "--base-url", service.baseUrl(), "--out", folder.toString());

        // then
        assertThat(exitCode).isEqualTo(99);
        assertThat(engine.requests())
                .extracting(request -> request.env().get("SCENARIO"))
                .containsExactly("llm_smoke", "llm_load", "llm_stress", "llm_spike");
        assertThat(folder.resolve("ai-spike/report.html")).exists();
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
