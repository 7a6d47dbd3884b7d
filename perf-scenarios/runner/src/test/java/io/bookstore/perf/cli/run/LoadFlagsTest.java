package io.bookstore.perf.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.LoadFlags;
import io.bookstore.perf.cli.EmptyService;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadFlagsTest {

    private static final ClosedPort closedPort = new ClosedPort();

    @TempDir
    Path folder;

    @RegisterExtension
    final EmptyService service = new EmptyService();

    private final PerfProcess perf = new PerfProcess();

    @Test
    void flagsOfK6ReachTheEngineAndTheReport() throws IOException {
        // given
        RecordedEngine engine = RecordedEngine.passing();

        // when
        int exitCode = perf.run(
                engine,
                "run",
                "ai-smoke",
                "-u",
                "5",
                "-s",
                "10s:5,1m:20",
                "--stage",
                "5s:0",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        // then
        assertThat(exitCode).isZero();
        assertThat(engine.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.flags())
                        .isEqualTo(new LoadFlags(5, null, null, List.of("10s:5", "1m:20", "5s:0"))));
        assertThat(Files.readString(folder.resolve("summary.json"))).contains("10s:5,1m:20,5s:0");
    }

    @Test
    void selectedScenariosReachTheEngineAndTheReport() throws IOException {
        // given
        RecordedEngine engine = RecordedEngine.passing();
        Path script = Files.writeString(folder.resolve("shop.js"), """
                const once = { executor: 'per-vu-iterations' };
                export const options = { scenarios: { ai: once, crud: once, search: once } };
                export default function () {}
                """);

        // when
        int exitCode = perf.run(
                engine,
                "run",
                script.toString(),
                "--once",
                "--scenario",
                "ai,crud",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        // then
        assertThat(exitCode).isZero();
        assertThat(engine.requests())
                .singleElement()
                .satisfies(request ->
                        assertThat(request.flags()).isEqualTo(LoadFlags.selecting(List.of("ai", "crud"), true)));
        assertThat(Files.readString(folder.resolve("summary.json")))
                .contains("\"--scenario\"", "ai,crud", "\"--once\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--vus=0 | --vus must be a whole number from 1, was \"0\".",
                "-i -1 | --iterations must be a whole number from 1, was \"-1\".",
                "--duration=soon | --duration must be a time like 30s, was \"soon\".",
                "-d 0s | --duration must be at least 1s, was \"0s\".",
                "--duration=-5s | --duration must be at least 1s, was \"-5s\".",
                "-u 5 -i 2 | --iterations must be at least --vus, which is 5, was 2.",
                "-s -10s:5 | --stage must be a time and a number of virtual users like 30s:10, was \"-10s:5\".",
                "-s 10s | --stage must be a time and a number of virtual users like 30s:10, was \"10s\".",
                "-s 10s:5 -d 1m | --stage and --duration exclude each other: keep one of them.",
                "-s 10s:5 -i 5 | --stage and --iterations exclude each other: keep one of them.",
                "--once -u 2 | --once cannot be combined with --vus: a scenario runs with its own load, or once.",
                "--scenario ai -d 5s | --scenario cannot be combined with --duration: a scenario runs with its own load, or once."
            })
    void flagsThatMakeNoSenseExit64(String flags, String sentence) {
        int exitCode = perf.run(
                RecordedEngine.passing(),
                Stream.concat(Stream.of("run", "ai-smoke"), Stream.of(flags.split(" ", -1)))
                        .toArray(String[]::new));

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--scenario nope | --scenario 'nope' is none of the script's: [browse, buy].",
                "--once | --once runs a single scenario, and the script has [browse, buy]; select with --scenario."
            })
    void flagThatTheScriptRefusesExits64AndLeavesNoFolder(String flags, String sentence) throws IOException {
        // given
        Path script = Files.writeString(folder.resolve("shop.js"), """
                const once = { executor: 'per-vu-iterations' };
                export const options = { scenarios: { browse: once, buy: once } };
                export default function () {}
                """);
        Path results = folder.resolve("results");

        // when
        int exitCode = perf.run(
                new EmbeddedEngineOption(),
                ("run " + script + " --base-url " + closedPort.url() + " --out " + results + " " + flags).split(" "));

        // then
        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).isEqualToIgnoringNewLines(sentence);
        assertThat(results).doesNotExist();
    }

    @Test
    void flagIsRefusedBeforeAnEngineThatCannotLookBegins() {
        RecordedEngine engine = RecordedEngine.passing();

        int exitCode = perf.run(engine, "run", "ai-smoke", "--scenario", "nope", "--base-url", service.baseUrl());

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).contains("--scenario 'nope' is none of the script's: [llm_smoke].");
        assertThat(engine.requests()).isEmpty();
    }

    @Test
    void mistakeOfTheScriptItselfKeepsTheCodeOfK6() throws IOException {
        // given
        Path script = Files.writeString(
                folder.resolve("hasty.js"),
                "export const options = { duration: '0s' };\nexport default function () {}\n");
        Path results = folder.resolve("results");

        // when
        int exitCode = perf.run(
                new EmbeddedEngineOption(),
                "run",
                script.toString(),
                "--base-url",
                service.baseUrl(),
                "--out",
                results.toString());

        // then
        assertThat(exitCode).isEqualTo(104);
        assertThat(results.resolve("report.html")).exists();
    }

    /** The first part has a scenario of that name, and the second has not. */
    @Test
    void suiteWithAWrongFlagIsRefusedOnceAndBeforeItsFirstPartRuns() {
        Path results = folder.resolve("results");

        int exitCode = perf.run(
                new EmbeddedEngineOption(),
                "run",
                "ai-all",
                "--scenario",
                "llm_smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                results.toString());

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err()).isEqualToIgnoringNewLines("--scenario 'llm_smoke' is none of the script's: [llm_load].");
        assertThat(results).doesNotExist();
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
