package io.bookstore.perf.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.results.facts.ServiceBuild;
import io.bookstore.perf.results.facts.SimulatorFacts;
import io.bookstore.perf.results.facts.TargetFacts;
import io.bookstore.perf.testing.StandInApi;
import io.bookstore.testing.ClosedPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTest {

    private static final ClosedPort closedPort = new ClosedPort();

    @TempDir
    Path folder;

    @Test
    void startedServiceIsReadyKeepsNothingOnDiskAndIsGoneAfterwards() throws Exception {
        // given
        List<String> progress = new ArrayList<>();
        Path log = folder.resolve("api.log");
        // when
        try (Stack stack =
                Stack.start(StandInApi.jar(folder, StandInApi.Ready.class), 0, Map.of(), false, log, progress::add)) {
            assertThat(stack.facts().startedForTheRun()).isTrue();
            // The system may give any port from there on to another program before the service listens on it.
            assertThat(stack.baseUrl().getPort()).isLessThan(32_768);
            assertThat(stack.facts().build()).isNotNull().returns("api.jar", ServiceBuild::jar);
        }

        // then
        assertThat(progress).isNotEmpty();
        assertThat(log)
                .content()
                .contains("data in memory, parent " + ProcessHandle.current().pid());
        assertThat(ProcessHandle.of(pidIn(log))).isEmpty();
    }

    @Test
    void serviceThatDiesShowsTheEndOfItsLog() {
        Path log = folder.resolve("api.log");

        assertThatThrownBy(() -> Stack.start(
                        StandInApi.jar(folder, StandInApi.Dying.class), 0, Map.of(), false, log, text -> {}))
                .isInstanceOf(PerfException.class)
                .hasMessageContaining("The BookStore API ended with exit code 3 before it was ready")
                .hasMessageContaining("MONGODB_URI must start with mongodb://, was \"nonsense\".")
                .satisfies(failure ->
                        assertThat(((PerfException) failure).exitCode().value()).isEqualTo(71));
    }

    @Test
    void runningServiceTellsWhatItIs() throws Exception {
        try (StandInApi api = StandInApi.start();
                Stack stack = Stack.at(api.baseUrl())) {
            TargetFacts facts = stack.facts();
            assertThat(facts)
                    .isEqualTo(new TargetFacts(
                            api.baseUrl(),
                            false,
                            true,
                            "anthropic",
                            "claude-sonnet-4-5",
                            "embedded",
                            facts.simulator(),
                            null));
            assertThat(facts.simulator())
                    .isNotNull()
                    .returns("sonnet-class", SimulatorFacts::profile)
                    .returns(1L, SimulatorFacts::seed);
        }
    }

    @Test
    void serviceThatIsNotThereIsNamed() {
        URI nobody = URI.create(closedPort.url());

        assertThatThrownBy(() -> Stack.at(nobody))
                .isInstanceOf(PerfException.class)
                .hasMessageStartingWith("Nothing answers at " + nobody);
    }

    @Test
    void serviceAndSimulatorAreWitnessesOfTheRunAlone() throws Exception {
        try (StandInApi api = StandInApi.start();
                Stack stack = Stack.at(api.baseUrl())) {
            // given
            api.serveSummaries(5);
            RequestCounter counter = stack.countRequests();

            // when
            api.serveSummaries(7);

            // then: the journal's median also covers what came before, so it is not given
            assertThat(counter.difference()).isEqualTo(new RequestCounter.Difference(7L, 7L, null, null, null, null));
        }
    }

    @Test
    void medianCountsWhenTheJournalHoldsThisRunOnly() throws Exception {
        try (StandInApi api = StandInApi.start();
                Stack stack = Stack.at(api.baseUrl())) {
            RequestCounter counter = stack.countRequests();
            api.serveSummaries(3);

            assertThat(counter.difference()).isEqualTo(new RequestCounter.Difference(3L, 3L, 1234.5, null, null, null));
        }
    }

    private static long pidIn(Path log) throws IOException {
        Matcher pid = Pattern.compile("process (\\d+)").matcher(Files.readString(log));
        assertThat(pid.find()).isTrue();
        return Long.parseLong(pid.group(1));
    }
}
