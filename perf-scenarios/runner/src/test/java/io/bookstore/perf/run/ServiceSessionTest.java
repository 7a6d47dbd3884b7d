package io.bookstore.perf.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.stack.Stack;
import io.bookstore.perf.testing.StandInApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that follow each other have one service, as long as none can notice those before it. */
class ServiceSessionTest {

    @TempDir
    Path folder;

    private final Phases phases = new Phases();

    @Test
    void serviceIsStartedOnceAndItsSimulatorStartsOverWithEachRun() throws Exception {
        try (ServiceSession session = new ServiceSession()) {
            Stack first = session.open(started("first", Map.of()), false, phases);
            Stack second = session.open(started("second", Map.of()), false, phases);

            assertThat(second).isSameAs(first);
        }
        assertThat(folder.resolve("first/api.log")).content().containsOnlyOnce("simulator reset");
        assertThat(folder.resolve("second/api.log")).doesNotExist();
        assertThat(processOf("first")).isEmpty();
    }

    @Test
    void serviceWithFailedAttemptsIsStartedAnew() throws Exception {
        assertStartedAnew(
                Map.of("STAND_IN_METRICS", "llm_attempts_total{error_type=\"overloaded\",outcome=\"failure\"} 4"),
                "attempts at the provider failed");
    }

    @Test
    void serviceThatLimitsItsClientsIsStartedAnew() throws Exception {
        assertStartedAnew(
                Map.of("BOOKSTORE_CLIENT_LIMIT_REQUESTS_PER_MINUTE", "60"), "it counts what its client has sent");
    }

    private void assertStartedAnew(Map<String, String> environment, String reason) throws Exception {
        try (ServiceSession session = new ServiceSession()) {
            session.open(started("first", environment), false, phases);
            session.open(started("second", environment), false, phases);

            assertThat(processOf("first")).isEmpty();
            assertThat(processOf("second")).isPresent();
        }
        assertThat(phases.shown).contains("starting the BookStore API anew, for " + reason);
        assertThat(processOf("second")).isEmpty();
    }

    @Test
    void serviceThatHasEndedIsStartedAnew() throws Exception {
        try (ServiceSession session = new ServiceSession()) {
            session.open(started("first", Map.of()), false, phases);
            ProcessHandle process = processOf("first").orElseThrow();
            process.destroyForcibly();
            process.onExit().join();

            Stack second = session.open(started("second", Map.of()), false, phases);

            assertThat(second.facts().simulated()).isTrue();
        }
        assertThat(phases.shown).contains("starting the BookStore API anew, for it has ended");
    }

    @Test
    void runWaitsForTheCallsOfTheOneBefore() throws Exception {
        try (StandInApi api = StandInApi.start();
                ServiceSession session = new ServiceSession()) {
            session.open(running("first", api.baseUrl()), false, phases);
            api.beBusyFor(3);

            session.open(running("second", api.baseUrl()), false, phases);

            assertThat(phases.shown).containsOnly("waiting until " + api.baseUrl() + " has nothing under way");
        }
    }

    private RunOrder started(String name, Map<String, String> environment) throws IOException {
        return order(name, environment, null);
    }

    private RunOrder running(String name, URI service) throws IOException {
        return order(name, Map.of(), service);
    }

    private RunOrder order(String name, Map<String, String> environment, @Nullable URI service) throws IOException {
        Path output = Files.createDirectories(folder.resolve(name));
        return new RunOrder(
                name,
                new RunOrder.Script(
                        Files.writeString(folder.resolve("script.js"), "export default function () {}"), Map.of()),
                new RunOrder.Service(service, jar(), environment, false),
                output,
                RunOrder.Rules.OF_THE_SCRIPT);
    }

    /** Makes one jar for all orders: a running service does not like its own to be written again. */
    private Path jar() {
        Path jar = folder.resolve("api.jar");
        return Files.exists(jar) ? jar : StandInApi.jar(folder, StandInApi.Ready.class);
    }

    private Optional<ProcessHandle> processOf(String run) throws IOException {
        Matcher pid = Pattern.compile("process (\\d+)").matcher(Files.readString(folder.resolve(run + "/api.log")));
        assertThat(pid.find()).isTrue();
        return ProcessHandle.of(Long.parseLong(pid.group(1)));
    }

    private static final class Phases implements RunWatcher {

        private final List<String> shown = new ArrayList<>();

        @Override
        public void showPhase(String text) {
            shown.add(text);
        }

        @Override
        public void quiet() {}

        @Override
        public void started(EngineRun run) {}

        @Override
        public void ended() {}
    }
}
