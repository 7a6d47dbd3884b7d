package io.bookstore.perf.engine.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.LoadFlags;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.engine.EngineOption;
import io.bookstore.perf.testing.RecordingListener;
import io.bookstore.perf.testing.StandInK6;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in for k6 is a shell script")
class BinaryEngineTest {

    @TempDir
    Path folder;

    private final RecordingListener listener = new RecordingListener();
    private Path output;
    private BinaryEngineOption option;

    @BeforeEach
    void installStandIn() throws IOException {
        StandInK6.installInto(folder);
        option = new BinaryEngineOption(folder.toString());
        output = Files.createDirectory(folder.resolve("results"));
    }

    @Test
    void runLeavesItsFilesAndReportsEverything() throws InterruptedException {
        // when
        EngineOutcome outcome = start("exit 0").await();

        // then
        assertThat(outcome).isEqualTo(new EngineOutcome(0, null));
        assertThat(output).isDirectoryContaining("glob:**/samples.jsonl");
        assertThat(output.resolve("k6-summary.json")).content().contains("\"count>0\":false");
        assertThat(output.resolve("handled.txt")).exists();
        assertThat(listener.metrics).extracting(metric -> metric.name()).containsExactly("http_reqs");
        assertThat(listener.samples).hasSize(3);
        assertThat(listener.printed).containsExactly("the end-of-test summary\n");
        assertThat(listener.logs).contains("info variables: SCENARIO=llm_smoke usage report true");
    }

    @Test
    void planComesFromTheInspectedScript() throws InterruptedException {
        start("exit 0").await();

        RunPlan.Scenario scenario = listener.plans.get(0).scenarios().get(0);
        assertThat(scenario.name()).isEqualTo("load");
        assertThat(scenario.executor()).isEqualTo("ramping-vus");
        assertThat(scenario.duration()).isEqualTo(Duration.ofMillis(90_500));
        assertThat(scenario.stages())
                .containsExactly(
                        new RunPlan.Stage(Duration.ofSeconds(90), 2), new RunPlan.Stage(Duration.ofMillis(500), 0));
    }

    @Test
    void flagsReachK6() throws InterruptedException {
        Path script = StandInK6.script(folder, "exit 0");
        LoadFlags flags = new LoadFlags(5, null, null, List.of("10s:5", "5s:0"));

        option.engine()
                .start(new EngineRequest(script, Map.of(), output, flags), listener)
                .await();

        assertThat(listener.logs).contains("info flags: --vus 5 --stage 10s:5,5s:0");
    }

    @Test
    void selectedScenariosReachK6AndThePlan() throws InterruptedException {
        Path script = StandInK6.script(folder, "exit 0");
        LoadFlags flags = LoadFlags.selecting(List.of("load"), true);

        option.engine()
                .start(new EngineRequest(script, Map.of(), output, flags), listener)
                .await();

        assertThat(listener.logs).contains("info flags: --scenario=load --once=true");
        assertThat(listener.plans.get(0).scenarios())
                .containsExactly(
                        new RunPlan.Scenario("load", "shared-iterations", Duration.ZERO, Duration.ofMinutes(10), 1, 1));
    }

    @Test
    void crossedThresholdIsAnExitCodeAndNoProblem() throws InterruptedException {
        assertThat(start("exit 99").await()).isEqualTo(new EngineOutcome(99, null));
    }

    @Test
    void brokenScriptIsExplainedByItsLastError() throws InterruptedException {
        assertThat(start("broken").await())
                .isEqualTo(new EngineOutcome(107, "SyntaxError: file:///script.js: Unexpected token (3:1)"));
    }

    @Test
    void failedRequestIsShownWithItsAddressAndReason() throws InterruptedException {
        start("refused").await();

        assertThat(listener.logs)
                .contains(
                        "warning Request Failed: Get \"http://127.0.0.1:1/\": dial tcp 127.0.0.1:1: connect: connection"
                                + " refused");
    }

    @Test
    void interruptLetsK6TearDownOnce() throws InterruptedException {
        // given
        EngineRun run = start("wait");
        await().until(() -> listener.logs.contains("info waiting"));
        await().until(() -> listener.samples.size() == 2);
        assertThat(processesOfThisTest()).isNotEmpty();

        // when
        run.interrupt();
        run.interrupt();

        // then
        assertThat(run.await()).isEqualTo(new EngineOutcome(105, "The run was interrupted before its end."));
        assertThat(listener.logs).containsOnlyOnce("info teardown");
        assertThat(listener.samples).as("those written during teardown too").hasSize(3);
        await().until(() -> processesOfThisTest().isEmpty());
    }

    @Test
    void versionIsChecked() {
        assertThat(option.availability())
                .isEqualTo(new EngineOption.Availability(true, "k6 1.7.1 at " + folder.resolve("k6")));

        // when
        Path old = StandInK6.installInto(folder, "0.49.0");

        // then
        assertThat(option.availability())
                .isEqualTo(new EngineOption.Availability(false, "k6 0.49.0 at " + old + " is older than 1.0.0"));
    }

    @Test
    void withoutK6TheOptionSaysSo() {
        assertThat(new BinaryEngineOption(output.toString()).availability())
                .isEqualTo(new EngineOption.Availability(false, "no k6 on PATH"));
    }

    /** Returns the commands that name this test's folder; other tests start programs at the same time. */
    private List<String> processesOfThisTest() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(folder.toString()))
                .toList();
    }

    private EngineRun start(String behaviour) {
        Path script = StandInK6.script(folder, behaviour);
        return option.engine().start(new EngineRequest(script, Map.of("SCENARIO", "llm_smoke"), output), listener);
    }
}
