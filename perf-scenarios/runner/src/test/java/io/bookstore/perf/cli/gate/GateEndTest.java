package io.bookstore.perf.cli.gate;

import static io.bookstore.perf.cli.gate.GatedServices.foldersOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.perf.cli.PerfCommand;
import io.bookstore.perf.cli.PerfProcess;
import io.bookstore.perf.cli.terminal.Interruption;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.perf.testing.TimedEngine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The early end of a gate: its exit code, the runs that are left, and the way on. */
class GateEndTest {

    private static final GatedServices services = new GatedServices();

    @TempDir
    Path folder;

    private final PerfProcess perf = new PerfProcess();

    @AfterAll
    static void stopServices() {
        services.close();
    }

    @Test
    void interruptedGateLeavesWhatIsWholeAndSaysHowToGoOn() {
        Interruption interruption = new Interruption();
        TimedEngine engine = services.engine(1).endingWith(run -> {
            if (run == 4) {
                interruption.ask();
            }
            return new EngineOutcome(run == 4 ? 105 : 0, null);
        });
        CommandLine commandLine = PerfCommand.commandLine(List.of(engine), interruption);
        StringWriter out = new StringWriter();
        commandLine.setOut(new PrintWriter(out, true));

        int exitCode = commandLine.execute(services.arguments(folder.resolve("session")));
        interruption.finished();

        assertThat(exitCode).isEqualTo(105);
        assertThat(out.toString())
                .contains("Interrupted. Complete: 3 of 16 runs; the same command with --out "
                        + folder.resolve("session") + " --resume makes the others.");
        assertThat(folder.resolve("session/candidate/2")).isDirectory();
        assertThat(folder.resolve("session/baseline/2")).doesNotExist();
    }

    @Test
    void serviceThatIsGoneEndsTheGateWithItsOwnExitCodeAndTheWayOn() {
        StandInApi leaving = StandInApi.start();
        TimedEngine engine = services.engine(1).endingWith(run -> {
            if (run == 2) {
                leaving.close();
            }
            return new EngineOutcome(0, null);
        });

        int exitCode = perf.run(engine, services.arguments(folder.resolve("session"), leaving));

        assertThat(exitCode).isEqualTo(69);
        assertThat(perf.err())
                .startsWith("Nothing answers at " + leaving.baseUrl())
                .contains("Complete: 2 of 16 runs;");
    }

    @Test
    void runsThatCanNeverBeComparedEndTheGateAfterTheFirstPair() {
        try (StandInApi paid = StandInApi.ofPaidProvider()) {
            TimedEngine engine = services.engine(1);

            int exitCode = perf.run(engine, services.arguments(folder.resolve("session"), paid, "--yes"));

            assertThat(exitCode).isEqualTo(81);
            assertThat(engine.requests()).hasSize(2);
            assertThat(perf.out())
                    .contains("Stopped after pair 1 of 8, candidate.")
                    .contains("simulated: true in " + session("baseline/1") + ", false in " + session("candidate/1"));
        }
    }

    @Test
    void completeRunsAreKeptAndTheOthersMade() {
        // given a gate that was ended in its fifth run
        TimedEngine first = services.engine(1.2).endingWith(run -> new EngineOutcome(run == 5 ? 107 : 0, null));
        assertThat(gate(first)).isEqualTo(81);

        // when
        TimedEngine second = services.engine(1.2);
        int exitCode = gate(second, "--resume");

        // then
        assertThat(exitCode).isEqualTo(80);
        assertThat(foldersOf(first, folder.resolve("session"))).hasSize(5).endsWith("baseline/3");
        assertThat(foldersOf(second, folder.resolve("session")))
                .hasSize(12)
                .startsWith("baseline/3", "candidate/3", "candidate/4");
        assertThat(perf.out()).contains("12 runs besides 4 that are kept");
    }

    private int gate(TimedEngine engine, String... more) {
        return perf.run(engine, services.arguments(folder.resolve("session"), more));
    }

    private String session(String run) {
        return folder.resolve("session").resolve(run).toString();
    }
}
