package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.run.Scenario;
import io.bookstore.perf.testing.RecordedEngine;
import io.bookstore.perf.testing.StandInApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PerfCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer service;
    private String baseUrl;

    @BeforeEach
    void startService() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        service.start();
        baseUrl = "http://127.0.0.1:" + service.getAddress().getPort();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    @Test
    void passingRunExits0AndLeavesEveryFile() {
        // given
        Path results = folder.resolve("results");

        // when
        int exitCode =
                perf(RecordedEngine.passing(), "run", "ai-smoke", "--base-url", baseUrl, "--out", results.toString());

        // then
        assertThat(exitCode).isZero();
        assertThat(results).isDirectoryContaining("glob:**/report.html");
        assertThat(results).isDirectoryContaining("glob:**/summary.json");
        assertThat(results).isDirectoryContaining("glob:**/junit.xml");
    }

    @Test
    void crossedThresholdExits99() {
        int exitCode =
                perf(RecordedEngine.crossing(), "run", "ai-smoke", "--base-url", baseUrl, "--out", folder.toString());

        assertThat(exitCode).isEqualTo(99);
    }

    @Test
    void scenarioNameAndVariablesReachTheScript() {
        // given
        RecordedEngine engine = RecordedEngine.passing();

        // when
        perf(
                engine,
                "run",
                "aiLoad",
                "--base-url",
                baseUrl + "/",
                "-e",
                "DURATION_SCALE=0.5",
                "--out",
                folder.toString());

        // then
        assertThat(engine.requests()).singleElement().satisfies(request -> {
            assertThat(request.script()).endsWithRaw(Path.of("k6", "tests", "ai-summary.js"));
            assertThat(request.env())
                    .containsAllEntriesOf(Map.of("SCENARIO", "llm_load", "DURATION_SCALE", "0.5", "BASE_URL", baseUrl));
        });
    }

    @Test
    void suiteRunsInOrderGoesOnAfterABreachAndCombinesTheVerdict() {
        // given
        RecordedEngine engine = RecordedEngine.crossing();

        // when
        int exitCode = perf(engine, "run", "ai-all", "--base-url", baseUrl, "--out", folder.toString());

        // then
        assertThat(exitCode).isEqualTo(99);
        assertThat(engine.requests())
                .extracting(request -> request.env().get("SCENARIO"))
                .containsExactly("llm_smoke", "llm_load", "llm_stress", "llm_spike");
        assertThat(folder.resolve("ai-spike/report.html")).exists();
    }

    @Test
    void unknownScenarioIsOneSentenceThatNamesTheKnown() {
        int exitCode = perf(RecordedEngine.passing(), "run", "ai-smok");

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString())
                .startsWith(
                        "Unknown scenario \"ai-smok\": use ai-smoke, ai-load, ai-stress, ai-spike, mixed, mixed-heavy,")
                .endsWith("payload-sweep, ai-all, or the path of a .js script.\n");
    }

    @Test
    void missingScriptExits66() {
        int exitCode = perf(RecordedEngine.passing(), "run", "no/such.js");

        assertThat(exitCode).isEqualTo(66);
        assertThat(err.toString()).contains("No script at no/such.js");
    }

    @Test
    void unreachableServiceExits69() throws IOException {
        // given
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "http://127.0.0.1:" + socket.getLocalPort();
        }

        // when
        int exitCode =
                perf(RecordedEngine.passing(), "run", "ai-smoke", "--base-url", nobody, "--out", folder.toString());

        // then
        assertThat(exitCode).isEqualTo(69);
        assertThat(err.toString()).startsWith("Nothing answers at " + nobody);
    }

    @Test
    void baseUrlThatIsNoUrlExits64() {
        int exitCode = perf(RecordedEngine.passing(), "run", "ai-smoke", "--base-url", "localhost:7002");

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString()).contains("BASE_URL must be an http or https URL", "\"localhost:7002\"");
    }

    @Test
    void takenPortExits71() throws IOException {
        // given
        Path anyJar = Files.createFile(folder.resolve("api.jar"));
        try (ServerSocket taken = new ServerSocket(0)) {

            // when
            int exitCode = perf(
                    RecordedEngine.passing(),
                    "run",
                    "ai-smoke",
                    "--port",
                    String.valueOf(taken.getLocalPort()),
                    "--api-jar",
                    anyJar.toString(),
                    "--out",
                    folder.toString());

            // then
            assertThat(exitCode).isEqualTo(71);
            assertThat(err.toString()).contains("Port " + taken.getLocalPort(), "--port 0");
        }
    }

    @Test
    void missingApiJarExits66() {
        int exitCode = perf(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--api-jar",
                folder.resolve("none.jar").toString(),
                "--out",
                folder.toString());

        assertThat(exitCode).isEqualTo(66);
        assertThat(err.toString()).contains("none.jar", "mvn package");
    }

    @Test
    void unknownEngineExits64() {
        int exitCode = perf(RecordedEngine.passing(), "run", "ai-smoke", "--engine", "warp");

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString()).contains("Unknown engine \"warp\": K6_ENGINE must be auto, recorded.");
    }

    @Test
    void scriptErrorKeepsItsExitCodeAndStillHasAReport() {
        // given
        RecordedEngine engine = RecordedEngine.failing(107, "tests/broken.js:3:1 Unexpected token.");

        // when
        int exitCode = perf(engine, "run", "ai-smoke", "--base-url", baseUrl, "--out", folder.toString());

        // then
        assertThat(exitCode).isEqualTo(107);
        assertThat(folder.resolve("report.html")).content().contains("tests/broken.js:3:1 Unexpected token.");
    }

    @Test
    void reportIsDrawnAgainFromItsFolder() throws IOException {
        // given
        perf(RecordedEngine.passing(), "run", "ai-smoke", "--base-url", baseUrl, "--out", folder.toString());
        Path report = folder.resolve("report.html");
        String first = Files.readString(report);
        Files.delete(report);

        // when
        int exitCode = perf(RecordedEngine.passing(), "report", folder.toString());

        // then
        assertThat(exitCode).isZero();
        assertThat(report).hasContent(first);
    }

    @Test
    void reportWithoutResultsExits66() {
        int exitCode = perf(RecordedEngine.passing(), "report", folder.toString());

        assertThat(exitCode).isEqualTo(66);
        assertThat(err.toString()).contains("No summary.json in " + folder);
    }

    @Test
    void listNamesEveryScenario() {
        int exitCode = perf(RecordedEngine.passing(), "list");

        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("ai-smoke", "ai-load", "ai-stress", "ai-spike", "mixed", "mixed-heavy", "ai-all");
    }

    @Test
    void listAsJsonNamesScriptAndVariables() throws IOException {
        perf(RecordedEngine.passing(), "list", "--json");

        JsonNode listed = new ObjectMapper().readTree(out.toString());
        assertThat(listed).hasSize(Scenario.ALL.size() + 1);
        assertThat(listed.get(0).at("/name").asText()).isEqualTo("ai-smoke");
        assertThat(listed.get(0).at("/scripts/0").asText()).isEqualTo("tests/ai-summary.js");
        assertThat(listed.get(0).at("/env/SCENARIO").asText()).isEqualTo("llm_smoke");
    }

    @Test
    void resultAsJsonIsAllThatStandardOutputHas() throws IOException {
        int exitCode = perf(
                RecordedEngine.crossing(),
                "run",
                "ai-smoke",
                "--base-url",
                baseUrl,
                "--json",
                "--out",
                folder.toString());

        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertThat(exitCode).isEqualTo(99);
        assertThat(result.at("/exitCode").asInt()).isEqualTo(99);
        assertThat(result.at("/runs/0/scenario").asText()).isEqualTo("ai-smoke");
        assertThat(result.at("/runs/0/passed").asBoolean()).isFalse();
        assertThat(result.at("/runs/0/thresholds/0/actual").asDouble()).isEqualTo(2600.5);
        assertThat(Path.of(result.at("/runs/0/report").asText())).exists();
        assertThat(err.toString()).contains("FAILED ai-smoke");
    }

    @Test
    void profileThatContradictsTheNameExits64() {
        int exitCode = perf(RecordedEngine.passing(), "run", "ai-smoke", "-e", "SCENARIO=llm_load");

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString())
                .startsWith("SCENARIO is \"llm_load\", but ai-smoke is SCENARIO=llm_smoke: leave SCENARIO out, or run"
                        + " the script itself: perf run ");
    }

    @Test
    void sameProfileInAnotherSpellingIsNoContradiction() {
        int exitCode = perf(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "-e",
                "SCENARIO=llmSmoke",
                "--base-url",
                baseUrl,
                "--out",
                folder.toString());

        assertThat(exitCode).isZero();
    }

    @Test
    void runThatCostsMoneyNeedsConsent() {
        try (StandInApi api = StandInApi.ofPaidProvider()) {
            RecordedEngine engine = RecordedEngine.passing();

            int exitCode =
                    perf(engine, "run", "ai-smoke", "--base-url", api.baseUrl().toString(), "--out", folder.toString());

            assertThat(exitCode).isEqualTo(77);
            assertThat(err.toString())
                    .startsWith("Nobody is here to agree to about $0.")
                    .hasLineCount(1);
            assertThat(out.toString())
                    .contains("anthropic is not simulated: about 29 requests at $0.0028 (assumed: 200");
            assertThat(engine.requests()).isEmpty();
        }
    }

    @Test
    void yesIsConsent() {
        try (StandInApi api = StandInApi.ofPaidProvider()) {
            int exitCode = perf(
                    RecordedEngine.passing(),
                    "run",
                    "ai-smoke",
                    "--yes",
                    "--base-url",
                    api.baseUrl().toString(),
                    "--out",
                    folder.toString());

            assertThat(exitCode).isZero();
            assertThat(out.toString()).contains("anthropic is not simulated");
        }
    }

    @Test
    void runThatCostsMoreThanItMayIsStoppedWithItsOwnExitCodeAndKeepsItsReport() {
        int exitCode = perf(
                RecordedEngine.passing(),
                "run",
                "ai-smoke",
                "--max-usd",
                "0.01",
                "--base-url",
                baseUrl,
                "--out",
                folder.toString());

        assertThat(exitCode).isEqualTo(79);
        assertThat(out.toString())
                .containsPattern("Stopped at \\$0\\.01\\d\\d: --max-usd allows \\$0\\.01\\.")
                .contains("FAILED ai-smoke: stopped at its limit in dollars");
        assertThat(folder.resolve("report.html")).content().contains("The run did not go to its end");
    }

    @Test
    void limitOfNothingExits64() {
        int exitCode = perf(RecordedEngine.passing(), "run", "ai-smoke", "--max-usd", "0");

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString()).contains("--max-usd must be more than 0, was 0.0.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run ai-smoke --port 70000        | --port must be a port, 0 to 65535, was 70000.
            run ai-smoke --port many         | Invalid value for option '--port': 'many' is not an int
            run ai-smoke --env LLM_P95_MS    | Value for option option '--env' (K=V) should be in KEY=VALUE format but was LLM_P95_MS
            run ai-smoke --fast              | Unknown option: '--fast'
            run                              | Missing required parameter: 'SCENARIO'
            run ai-smoke -e TARGET=moon      | TARGET "moon" has no descriptor
            doctor --port -1                 | --port must be a port, 0 to 65535, was -1.
            doctor --base-url here           | BASE_URL must be an http or https URL such as http://localhost:7002, was "here".
            health --base-url ftp://here     | BASE_URL must be an http or https URL such as http://localhost:7002, was "ftp://here".
            report                           | Missing required parameter: 'PATH'
            drive                            | Unmatched argument at index 0: 'drive'
            """)
    void badInputIsOneSentenceAndExits64(String line, String sentence) {
        int exitCode = perf(RecordedEngine.passing(), line.split(" "));

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString().lines().findFirst().orElse("")).startsWith(sentence);
        assertThat(err.toString()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void doctorSaysThatARunWouldWork() {
        try (StandInApi api = StandInApi.start()) {
            int exitCode = perf(
                    RecordedEngine.passing(),
                    "doctor",
                    "--engine",
                    "auto",
                    "--base-url",
                    api.baseUrl().toString());

            assertThat(exitCode).as(out.toString()).isZero();
            assertThat(out.toString())
                    .contains("recorded would run: a recording")
                    .contains(
                            api.baseUrl() + " is ready; summaries come from anthropic, simulated: a run costs nothing");
        }
    }

    @Test
    void doctorWarnsOfMoney() {
        try (StandInApi api = StandInApi.ofPaidProvider()) {
            perf(
                    RecordedEngine.passing(),
                    "doctor",
                    "--engine",
                    "auto",
                    "--base-url",
                    api.baseUrl().toString());

            assertThat(out.toString()).contains("not simulated: a run costs money");
        }
    }

    @Test
    void doctorExits69WhenARunWouldNotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            int exitCode = perf(
                    RecordedEngine.passing(),
                    "doctor",
                    "--engine",
                    "warp",
                    "--port",
                    "" + taken.getLocalPort(),
                    "--json");

            assertThat(exitCode).isEqualTo(69);
            JsonNode findings = new ObjectMapper().readTree(out.toString());
            assertThat(texts(findings, "BAD"))
                    .anySatisfy(text -> assertThat(text).contains("Unknown engine \"warp\""))
                    .anySatisfy(text -> assertThat(text).contains(taken.getLocalPort() + " is taken", "--port 0"));
            assertThat(texts(findings, "OK"))
                    .anySatisfy(text -> assertThat(text).contains("processors"));
        }
    }

    @Test
    void completionKnowsCommandsAndScenarios() {
        int exitCode = perf(RecordedEngine.passing(), "completion");

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("doctor", "--max-usd", "payload-sweep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "run", "report", "doctor", "export", "export k6-operator", "health", "seed"})
    void helpOfEachCommandHasAnExample(String command) {
        int exitCode = perf(RecordedEngine.passing(), (command + " --help").split(" "));

        assertThat(exitCode).isZero();
        assertThat(out.toString()).contains("Usage: perf " + command, "Example", "perf " + command);
    }

    @Test
    void noCommandIsAUsageError() {
        int exitCode = perf(RecordedEngine.passing());

        assertThat(exitCode).isEqualTo(64);
        assertThat(err.toString()).contains("Name a command");
    }

    @Test
    void helpAndVersionExit0() {
        assertThat(perf(RecordedEngine.passing(), "--help")).isZero();
        assertThat(perf(RecordedEngine.passing(), "--version")).isZero();
        assertThat(out.toString()).contains("Examples:", "perf run ai-smoke", "JDK");
    }

    private int perf(EngineOption engine, String... arguments) {
        CommandLine commandLine = PerfCommand.commandLine(List.of(engine), new Interruption());
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private static List<String> texts(JsonNode findings, String state) {
        List<String> texts = new ArrayList<>();
        findings.forEach(finding -> {
            if (finding.get("state").asText().equals(state)) {
                texts.add(finding.get("text").asText());
            }
        });
        return texts;
    }
}
