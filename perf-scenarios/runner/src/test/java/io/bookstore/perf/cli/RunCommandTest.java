package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.perf.answer.Answer;
import io.bookstore.perf.engine.embedded.EmbeddedEngineOption;
import io.bookstore.perf.results.SummaryFile;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.net.ServerSocket;
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

    private static final ClosedPort closedPort = new ClosedPort();

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
    void verdictIsSaidOnceAndEvenIfItsFilesCannotBeWritten() throws IOException {
        // given something in the place of summary.json that nothing can replace
        Files.createDirectories(folder.resolve("summary.json/full"));

        // when
        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        // then
        assertThat(exitCode).isEqualTo(66);
        assertThat(perf.out())
                .contains("PASSED ai-smoke: 4 of 4 thresholds held, exit code 0")
                .doesNotContain("report " + folder);
        assertThat(perf.err()).startsWith("Cannot write to " + folder);
    }

    @Test
    void tooFewSamplesForAPercentileAreANote() {
        int exitCode = perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(exitCode).isZero();
        assertThat(perf.out().replaceAll("\\s+", " "))
                .containsSubsequence(
                        "PASSED ai-smoke:",
                        "Too few samples for a percentile, so that the limit is only indicative: p(95) of llm_response_time"
                                + " has 60 of 200; p(99) of llm_response_time has 60 of 1,000.");
    }

    @Test
    void strictRunWithTooFewSamplesIsInvalidEverywhere() throws IOException {
        int exitCode = perf.run(
                RecordedEngine.crossing(),
                "run",
                "ai-smoke",
                "--strict",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(exitCode).isEqualTo(83);
        assertThat(perf.out())
                .containsSubsequence(
                        "Too few samples for a percentile",
                        "INVALID ai-smoke: not a valid measurement, 3 of 4 thresholds held, exit code 83");
        assertThat(folder.resolve("junit.xml"))
                .content()
                .contains("errors=\"1\"", "<error message=\"Too few samples", "type=\"exit code 83\"");
        JsonNode summary =
                new ObjectMapper().readTree(folder.resolve("summary.json").toFile());
        assertThat(summary.at("/findings/0/rule").asText()).isEqualTo("few-samples");
        assertThat(summary.at("/findings/0/invalid").asBoolean()).isTrue();
        assertThat(summary.at("/verdict/partial").asBoolean(true)).isFalse();
    }

    @Test
    void screenEndsWithLatenciesTheAnswerAndTheReport() {
        perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(perf.out())
                .containsSubsequence(
                        "PASSED ai-smoke: 4 of 4 thresholds held, exit code 0",
                        "                          p50     p90     p95     p99\n",
                        "  time to first token  ",
                        "  summary, end to end  ",
                        "\nHolds its limits: 60 summaries, p95 ",
                        "\n  p95: ",
                        "\nreport " + folder.resolve("report.html") + "\n")
                .doesNotContain("TOTAL RESULTS");
        assertThat(perf.out().lines()).allMatch(line -> line.length() <= 80 || line.contains(folder.toString()));
    }

    @Test
    void verbosePrintsTheSummaryOfK6Too() {
        perf.run(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--verbose",
                "--base-url",
                service.baseUrl(),
                "--out",
                folder.toString());

        assertThat(perf.out()).containsSubsequence("█ TOTAL RESULTS", "PASSED ai-smoke");
    }

    @Test
    void textOfAScriptIsShownUnlessItHasAnAnswer() throws IOException {
        Path text = Files.writeString(folder.resolve("text.js"), """
                export default function () {}
                export const handleSummary = () => ({ stdout: 'my own text' });
                """);
        Path answer = Files.writeString(folder.resolve("answer.js"), """
                export default function () {}
                const sections = [{ kind: 'table', title: 'Guests', columns: [{ label: 'name' }, { label: 'wait', unit: 'ms' }], rows: [['Ann', 1234]] }];
                export const handleSummary = () => ({
                  stdout: 'my own text',
                  'answer.json': JSON.stringify({ schemaVersion: 1, sentence: 'Serves 12 guests.', sections }),
                });
                """);

        PerfProcess withText = new PerfProcess();
        run(withText, text, "text");
        PerfProcess withAnswer = new PerfProcess();
        run(withAnswer, answer, "answer");

        assertThat(withText.out()).contains("my own text");
        assertThat(withAnswer.out())
                .containsSubsequence("  Guests\n  name    wait\n  Ann   1.23 s\n", "\nServes 12 guests.\n", "report ")
                .doesNotContain("my own text");
        assertThat(SummaryFile.read(folder.resolve("answer/summary.json")).answer())
                .extracting(Answer::sentence)
                .isEqualTo("Serves 12 guests.");
    }

    @Test
    void answerThatIsNotAsItMustBeIsNotedAndLeftOut() throws IOException {
        Path script = Files.writeString(folder.resolve("answer.js"), """
                export default function () {}
                export const handleSummary = () => ({ 'answer.json': '{"schemaVersion":1,"sentence":""}' });
                """);

        int exitCode = run(perf, script, "answer");

        assertThat(exitCode).isZero();
        assertThat(perf.out()).contains("note answer.json is left out: sentence must be a text that is not blank.");
        assertThat(Files.readString(folder.resolve("answer/report.html")))
                .contains("answer.json is left out: sentence must be a text that is not blank.");
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
    void variableOfADescriptorThatIsNotSetIsNamed() throws IOException {
        Path descriptor = Files.writeString(
                folder.resolve("helpdesk.yml"),
                "name: helpdesk\nbaseUrl: " + service.baseUrl()
                        + "\nheaders: { Authorization: \"Bearer ${PERF_TEST_UNSET}\" }\n"
                        + "operations: { summary: { method: POST, path: /chat } }\n");

        perf.run(
                new EmbeddedEngineOption(),
                "run",
                "ai-smoke",
                "-e",
                "TARGET=" + descriptor,
                "--out",
                folder.resolve("results").toString());

        assertThat(perf.out() + perf.err())
                .contains("uses ${PERF_TEST_UNSET}, which is not set: export PERF_TEST_UNSET, or give it with --env.");
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

    @Test
    void unknownScenarioIsOneSentenceThatNamesTheKnown() {
        int exitCode = perf.run(RecordedEngine.passing(), "run", "moonlight");

        assertThat(exitCode).isEqualTo(64);
        assertThat(perf.err())
                .startsWith(
                        "Unknown scenario \"moonlight\": use ai-smoke, ai-load, ai-stress, ai-spike, ai-smoke-open,")
                .endsWith("soak, ai-all, or the path of a .js script.\n");
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
    void scriptErrorKeepsItsExitCodeAndStillHasAReport() {
        // given
        RecordedEngine engine = RecordedEngine.failing(107, "tests/broken.js:3:1 Unexpected token.");

        // when
        int exitCode = perf.run(engine, "run", "ai-smoke", "--base-url", service.baseUrl(), "--out", folder.toString());

        // then
        assertThat(exitCode).isEqualTo(107);
        assertThat(folder.resolve("report.html")).content().contains("tests/broken.js:3:1 Unexpected token.");
    }

    @Test
    void resultAsJsonIsAllThatStandardOutputHas() throws IOException {
        int exitCode = perf.run(
                RecordedEngine.crossing(),
                "run",
                "ai-smoke",
                "--base-url",
                service.baseUrl(),
                "--json",
                "--out",
                folder.toString());

        JsonNode result = new ObjectMapper().readTree(perf.out());
        assertThat(exitCode).isEqualTo(99);
        assertThat(result.at("/exitCode").asInt()).isEqualTo(99);
        assertThat(result.at("/runs/0/scenario").asText()).isEqualTo("ai-smoke");
        assertThat(result.at("/runs/0/passed").asBoolean()).isFalse();
        assertThat(result.at("/runs/0/thresholds/0/actual").asDouble()).isEqualTo(2600.5);
        assertThat(result.at("/runs/0/sentence").asText())
                .isEqualTo("Crosses a limit: p95 of summaries is 2.60 s, limit 1 s.");
        assertThat(Path.of(result.at("/runs/0/report").asText())).exists();
        assertThat(perf.err()).contains("FAILED ai-smoke");
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
}
