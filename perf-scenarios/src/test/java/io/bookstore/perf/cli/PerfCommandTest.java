package io.bookstore.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.testing.RecordedEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
