package io.bookstore.perf.cli.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.cli.terminal.Interruption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The early end of a search: its exit code, the probes that are left, and the way on. */
class CapacityEndTest {

    private static final SearchedService service = new SearchedService();

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void lowestRateThatFailsExits99() {
        assertThat(capacity(new PacedEngine(5), "--from", "60")).isEqualTo(99);
        assertThat(perf.out())
                .contains("Does not hold 60 a minute: the share was 0 %, and 95 % are wanted.")
                .contains("Lower --from, or look at what the service does at that rate.");
    }

    @Test
    void probeThatIsNoValidMeasurementExits83AndSaysWhy() {
        assertThat(capacity(new PacedEngine(84).droppingArrivals())).isEqualTo(83);
        assertThat(perf.out().replaceAll("\\s+", " "))
                .contains("probe 1, 10 a minute: INVALID")
                .contains(
                        "Stopped at probe 1, 10 a minute, which is no valid measurement: 10 of 20 arrivals found no free"
                                + " virtual user,");
    }

    @Test
    void searchOfTooFewRequestsToTellExits82() {
        assertThat(capacity(new PacedEngine(84), "--from", "1", "--probes", "3"))
                .isEqualTo(82);
        assertThat(perf.out()).contains("certainly failed, and none certainly held.");
    }

    @Test
    void probeThatBreaksOffEndsTheSearchWithItsExitCodeAndTheWayOn() {
        PacedEngine engine = new PacedEngine(84)
                .endingWith(run -> new EngineOutcome(run == 3 ? 107 : 0, run == 3 ? "It threw." : null));

        assertThat(capacity(engine)).isEqualTo(107);
        assertThat(perf.err())
                .startsWith("It threw. Complete: 2 probes; the same command with --out " + session("")
                        + " --resume goes on from there.");
    }

    @Test
    void completeProbesAreKeptAndTheSearchGoesOnFromThere() {
        capacity(new PacedEngine(84).endingWith(run -> new EngineOutcome(run == 3 ? 107 : 0, null)));
        PacedEngine second = new PacedEngine(84);

        int exitCode = capacity(second, "--resume", "--probes", "4");

        assertThat(exitCode).isZero();
        assertThat(second.rates()).containsExactly("54.76", "128.2");
        assertThat(perf.out()).contains("probe 2, 23.4 a minute (kept): 24 of 24 good, 100 %");
    }

    @Test
    void searchStopsAtItsLimitInDollars() {
        PacedEngine engine = new PacedEngine(84).costing(0.01);

        assertThat(capacity(engine, "--max-usd", "0.32")).isEqualTo(79);
        assertThat(engine.rates()).hasSize(2);
        assertThat(perf.err()).startsWith("The probes have cost $0.34, and --max-usd allows $0.32. Complete: 1 probe;");
    }

    @Test
    void interruptedSearchLeavesWhatIsWholeAndSaysHowToGoOn() {
        Interruption interruption = new Interruption();
        PacedEngine engine = new PacedEngine(84).endingWith(run -> {
            if (run == 3) {
                interruption.ask();
            }
            return new EngineOutcome(run == 3 ? 105 : 0, null);
        });
        CommandLine commandLine = PerfCommand.commandLine(List.of(engine), interruption);
        StringWriter out = new StringWriter();
        commandLine.setOut(new PrintWriter(out, true));

        int exitCode = commandLine.execute(service.arguments(session("")));
        interruption.finished();

        assertThat(exitCode).isEqualTo(105);
        assertThat(out.toString())
                .contains("Interrupted. Complete: 2 probes; the same command with --out " + session("")
                        + " --resume goes on from there.");
        assertThat(session("probe-2")).isDirectory();
        assertThat(session("probe-3")).doesNotExist();
    }

    private int capacity(PacedEngine engine, String... more) {
        return perf.run(engine, service.arguments(session(""), more));
    }

    private Path session(String file) {
        return folder.resolve("session").resolve(file);
    }
}
