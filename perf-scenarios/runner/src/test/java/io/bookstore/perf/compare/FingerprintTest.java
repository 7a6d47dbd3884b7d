package io.bookstore.perf.compare;

import static io.bookstore.perf.compare.SampleSession.side;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.PerfException;
import io.bookstore.perf.results.facts.MachineFacts;
import io.bookstore.perf.results.facts.SimulatorFacts;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The facts in which runs must agree to be compared, and the sentences for those that differ. */
class FingerprintTest {

    static Stream<Arguments> differences() {
        return Stream.of(
                difference("scenario", "ai-load", "ai-stress", run -> run.scenario("ai-stress")),
                difference("engine", "embedded", "binary", run -> run.engine("binary")),
                difference(
                        "load",
                        "llm_load (ramping-vus, 5 users, 60 s)",
                        "llm_load (ramping-vus, 50 users, 60 s)",
                        run -> run.users(50)),
                difference("DURATION_SCALE", "1", "0.1", run -> run.env("DURATION_SCALE", "0.1")),
                difference("AI_USERS", "not set", "50", run -> run.env("AI_USERS", "50")),
                difference("processors", "2", "4", run -> run.machine(machine(4, 24105, "17.0.15"))),
                difference("memory", "24105 MiB", "16000 MiB", run -> run.machine(machine(2, 16000, "17.0.15"))),
                difference(
                        "jdk",
                        "Eclipse Adoptium 17.0.15",
                        "Eclipse Adoptium 17.0.15 -Xint",
                        run -> run.machine(machine(2, 24105, "17.0.15 -Xint"))),
                difference("provider", "anthropic", "openai", run -> run.provider(true, "openai")),
                difference("simulated", "true", "false", run -> run.provider(false, "anthropic")),
                difference("model", "claude-sonnet-4-5", "unknown", run -> run.model(null)),
                difference("script-content", "5c81e0a9b2f4", "77aa", run -> run.script("77aa")),
                difference(
                        "profile",
                        "sonnet-class",
                        "fast",
                        run -> run.simulator(new SimulatorFacts("fast", 1, "90aa17c3d5e6"))),
                difference(
                        "seed", "1", "2", run -> run.simulator(new SimulatorFacts("sonnet-class", 2, "90aa17c3d5e6"))),
                difference(
                        "simulator-settings",
                        "90aa17c3d5e6",
                        "cc00",
                        run -> run.simulator(new SimulatorFacts("sonnet-class", 1, "cc00"))),
                difference(
                        "service", "started for the run", "there before the run", run -> run.startedForTheRun(false)));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void runsThatDifferInAFactAreRefused(String fact, String mine, String theirs, Consumer<SampleRun> change) {
        List<ComparedRun> candidate = side(1, "after", change);

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.INVALID);
        assertThat(comparison.sentence()).isEqualTo("INVALID: these runs must not be compared, for one reason.");
        assertThat(comparison.refusals()).hasSize(1);
        assertThat(comparison.refusals().get(0))
                .startsWith(fact + ": " + mine + " in before/0, " + theirs + " in after/0; ")
                .endsWith(", or accept it with --allow=" + fact + ".");
        assertThat(comparison.metrics()).isEmpty();
        assertThat(comparison.pairs()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("differences")
    void differenceThatTheUserAcceptsIsOnlyNoted(String fact, String mine, String theirs, Consumer<SampleRun> change) {
        CompareRules rules = new CompareRules(Map.of(), Set.of(fact));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), side(1, "after", change), rules);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(comparison.notes()).contains("Accepted with --allow: " + fact + " differs.");
    }

    @Test
    void everyDifferenceHasASentence() {
        List<ComparedRun> candidate =
                side(1, "after", run -> run.engine("binary").users(50).env("AI_USERS", "50"));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.sentence()).isEqualTo("INVALID: these runs must not be compared, for 3 reasons.");
        assertThat(comparison.refusals()).hasSize(3);
    }

    @Test
    void runsOfOneSideMustAgreeToo() {
        List<ComparedRun> candidate = new ArrayList<>(side(1, "after", run -> {}));
        candidate.add(
                SampleRun.at(100).summaries(600, 2000, 4000).engine("binary").named("after/9"));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.refusals())
                .containsExactly("engine: embedded in before/0, binary in after/9; run both sides with one --engine,"
                        + " or accept it with --allow=engine.");
    }

    @Test
    void addressVersionAndAFewMebibytesAreNoDifference() {
        List<ComparedRun> candidate = side(
                1,
                "after",
                run -> run.env("BASE_URL", "http://other:7003")
                        .env("DURATION_SCALE", "1.0")
                        .service(URI.create("http://other:7003"))
                        .machine(new MachineFacts("Linux 6.1 amd64", 2, 24090, "Eclipse Adoptium 17.0.15", "0.2.0")));

        Comparison comparison = Comparison.of(side(0, "before", run -> {}), candidate, CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(comparison.notes())
                .containsExactly(
                        "The kit's version differs: 0.1.0, 0.2.0.",
                        "The host of the service differs:" + " localhost, other.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        provder | --allow provder: these runs have no such fact; did you mean provider?
        weather | --allow weather: these runs have no such fact; they have DURATION_SCALE, SCENARIO, database,
        """)
    void unknownFactIsRefused(String name, String sentence) {
        CompareRules rules = new CompareRules(Map.of(), Set.of(name));

        assertThatThrownBy(() -> Comparison.of(side(0, "before", run -> {}), side(1, "after", run -> {}), rules))
                .isInstanceOf(PerfException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void runOfAnOlderVersionThatDoesNotNameItsSimulatorIsRefusedFactByFact() {
        List<ComparedRun> older =
                side(0, "before", run -> run.script(null).model(null).simulator(null));

        Comparison comparison = Comparison.of(older, side(1, "after", run -> {}), CompareRules.DEFAULT);

        assertThat(comparison.refusals())
                .containsExactly(
                        "script-content: unknown in before/0, 5c81e0a9b2f4 in after/0; run both sides with one version"
                                + " of the script and of what it imports, or accept it with --allow=script-content.",
                        "model: unknown in before/0, claude-sonnet-4-5 in after/0; let both services use the same one,"
                                + " or accept it with --allow=model.",
                        "profile: unknown in before/0, sonnet-class in after/0; start both simulators with one"
                                + " SIMULATOR_PROFILE, or accept it with --allow=profile.",
                        "seed: unknown in before/0, 1 in after/0; start both simulators with one SIMULATOR_SEED, or"
                                + " accept it with --allow=seed.",
                        "simulator-settings: unknown in before/0, 90aa17c3d5e6 in after/0; give both simulators the"
                                + " same limits and faults, or accept it with --allow=simulator-settings.");
    }

    @Test
    void buildsAreNamedBesideTheVerdict() {
        Comparison comparison = Comparison.of(
                side(0, "before", run -> run.build("old.jar", "11aa")),
                side(1, "after", run -> run.build("new.jar", "22bb")),
                CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(comparison.notes())
                .containsExactly("The baseline ran old.jar (11aa); the candidate new.jar (22bb).");
    }

    @Test
    void buildThatIsTheSameUnderTwoNamesIsSaidToBe() {
        Comparison comparison = Comparison.of(
                side(0, "before", run -> run.build("old.jar", "11aa")),
                side(1, "after", run -> run.build("new.jar", "11aa")),
                CompareRules.DEFAULT);

        assertThat(comparison.notes()).containsExactly("Both sides ran the same build: old.jar (11aa).");
    }

    @Test
    void archiveOfClassesThatTheFirstRunsWriteIsNoDifference() {
        MachineFacts writes = machine(2, 24105, "17.0.15 -XX:+UseParallelGC -XX:ArchiveClassesAtExit -Xmx1024m");
        MachineFacts reads = machine(2, 24105, "17.0.15 -XX:+UseParallelGC -XX:SharedArchiveFile -Xmx1024m");

        Comparison comparison = Comparison.of(
                side(0, "before", run -> run.machine(writes)),
                side(1, "after", run -> run.machine(reads)),
                CompareRules.DEFAULT);

        assertThat(comparison.verdict()).isEqualTo(ComparisonVerdict.SAME);
    }

    @Test
    void variableWithTheNameOfAnotherFactIsAFactOfItsOwn() {
        List<ComparedRun> baseline = side(0, "before", run -> run.env("memory", "5"));

        Comparison same =
                Comparison.of(baseline, side(1, "after", run -> run.env("memory", "5")), CompareRules.DEFAULT);
        Comparison other =
                Comparison.of(baseline, side(1, "after", run -> run.env("memory", "6")), CompareRules.DEFAULT);

        assertThat(same.verdict()).isEqualTo(ComparisonVerdict.SAME);
        assertThat(other.refusals()).hasSize(1);
        assertThat(other.refusals().get(0)).startsWith("env.memory: 5 in before/0, 6 in after/0; ");
    }

    private static Arguments difference(String fact, String mine, String theirs, Consumer<SampleRun> change) {
        return Arguments.of(fact, mine, theirs, Named.of("changed", change));
    }

    private static MachineFacts machine(int processors, long memoryMib, String java) {
        return new MachineFacts("Linux 6.1 amd64", processors, memoryMib, "Eclipse Adoptium " + java, "0.1.0");
    }
}
