package io.bookstore.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Journal;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/** The extension as JUnit runs it: each case below is a test class of a user. */
@ResourceLock(Resources.SYSTEM_PROPERTIES) // The seed of a run is one, for every class with the extension.
class SimulatorExtensionTest {

    private static final List<SimulatorServer> servers = new ArrayList<>();
    private static final Set<URI> addresses = new HashSet<>();
    private static final Map<String, Long> seeds = new TreeMap<>();
    private static final Map<String, String> profiles = new TreeMap<>();

    @BeforeEach
    void forget() {
        servers.clear();
        addresses.clear();
        seeds.clear();
        profiles.clear();
    }

    @SimulatorTest
    static class Seeing {

        @Test
        void first(SimulatorServer simulator, Journal journal) throws Exception {
            see("first", simulator);
            ask(simulator.baseUrl());
            assertThat(journal.attempts()).hasSize(1);
            simulator.behave(simulator.behaviour().withSeed(99));
        }

        @Test
        void second(SimulatorServer simulator, Journal journal) {
            see("second", simulator);
            assertThat(journal.attempts()).isEmpty();
        }

        @Test
        @SimulatorTest(profile = "fixed", seed = 42)
        void third(SimulatorServer simulator) {
            see("third", simulator);
        }

        @Nested
        class Inside {

            @Test
            void fourth(SimulatorServer simulator) {
                see("fourth", simulator);
            }
        }
    }

    @SimulatorTest(seed = 42)
    static class Failing {

        @Test
        void fails() {
            throw new IllegalStateException("on purpose");
        }
    }

    @SimulatorTest(requireGoodClients = true)
    static class Rude {

        @Test
        void asksAgainAfterA400(URI simulator) throws Exception {
            for (int i = 0; i < 2; i++) {
                new RawHttp(simulator).post("/v1/chat/completions", "{}", "x-request-id: r-1");
            }
        }
    }

    @SimulatorTest(profile = "warp")
    static class Mistyped {

        @Test
        void neverRuns() {}
    }

    @Test
    void classHasOneServerAndEveryTestAFreshStart() {
        run(Seeing.class).assertStatistics(tests -> tests.succeeded(4).failed(0));

        assertThat(servers).hasSize(4).containsOnly(servers.get(0));
        assertThat(addresses).hasSize(1);
        assertThat(healthAt(addresses.iterator().next(), servers.get(0))).doesNotContain("\"seed\":424242");
    }

    @Test
    void seedIsTheTestsOwnAndTheSameInEveryRun() {
        run(Seeing.class);
        Map<String, Long> before = new TreeMap<>(seeds);
        run(Seeing.class);

        assertThat(seeds).isEqualTo(before).containsEntry("third", 42L);
        assertThat(seeds.values()).doesNotHaveDuplicates();
        assertThat(profiles).containsEntry("first", "zero").containsEntry("third", "fixed");
    }

    @Test
    void seedOfARunGoesBeforeAllOthers() {
        System.setProperty(SimulatorExtension.SEED_PROPERTY, "7");
        try {
            run(Seeing.class);
        } finally {
            System.clearProperty(SimulatorExtension.SEED_PROPERTY);
        }

        assertThat(seeds.values()).containsOnly(7L);
    }

    @Test
    void failureTellsItsSeed() {
        Throwable failure = failure(Failing.class);

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("on purpose");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(told -> assertThat(told)
                        .hasMessage("llm-simulator had profile zero and seed 42; again with -Dllm-simulator.seed=42"));
    }

    @Test
    void badClientFailsTheTestThatAsksForGoodOnes() {
        assertThat(failure(Rude.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "A client behaved badly: openai refusal-not-retried: call r-1 was asked again after status 400")
                .hasMessageContaining("seed ");
    }

    @Test
    void unknownProfileFailsTheTestAndListsTheKnown() {
        assertThat(failure(Mistyped.class)).hasMessageStartingWith("There is no profile named \"warp\"; known are");
    }

    /** The answer of whoever listens at the address of a server that is closed: nobody, or somebody with another seed. */
    private static String healthAt(URI address, SimulatorServer closed) {
        closed.behave(closed.behaviour().withSeed(424_242));
        try {
            return new RawHttp(address).get("/health");
        } catch (IOException nobody) {
            return "";
        }
    }

    private static void see(String test, SimulatorServer simulator) {
        servers.add(simulator);
        addresses.add(simulator.baseUrl());
        seeds.put(test, simulator.behaviour().seed());
        profiles.put(test, simulator.behaviour().profile().name());
    }

    private static void ask(URI simulator) throws Exception {
        new RawHttp(simulator).post("/api/chat", "{\"model\":\"llama3\",\"messages\":[]}");
    }

    private static Events run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .testEvents();
    }

    private static Throwable failure(Class<?> tests) {
        return run(tests).stream()
                .filter(Event.byType(EventType.FINISHED))
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .findFirst()
                .orElseThrow();
    }
}
