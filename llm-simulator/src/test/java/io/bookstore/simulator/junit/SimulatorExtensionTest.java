package io.bookstore.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.bookstore.simulator.RawHttp;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Journal;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/** The extension as JUnit runs it: each case below is a test class of a user. */
class SimulatorExtensionTest {

    private static final List<String> ports = new ArrayList<>();
    private static final Map<String, Long> seeds = new TreeMap<>();
    private static final Map<String, String> profiles = new TreeMap<>();

    @BeforeEach
    void forget() {
        ports.clear();
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

        assertThat(ports).hasSize(4).containsOnly(ports.get(0));
        assertThatThrownBy(() -> new RawHttp(URI.create(ports.get(0))).get("/health"))
                .isInstanceOf(ConnectException.class);
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

    private static void see(String test, SimulatorServer simulator) {
        ports.add(simulator.baseUrl().toString());
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
