package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bookstore.perf.cli.terminal.LatencyTable;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.report.HtmlReport;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations beside plain requests, for long, and at a rate. */
class ConversationScenariosTest {

    private static final Map<String, String> PATIENT = Map.of(
            "LLM_P95_MS", "600000",
            "LLM_P99_MS", "600000",
            "CAPACITY_LIMIT_MS", "10000",
            "MIXED_P95_MS", "600000",
            "MIXED_P99_MS", "600000",
            "DURATION_SCALE", "0.001");

    private static SimulatorServer provider;

    @TempDir
    private Path folder;

    private final KitScriptRuns runs = new KitScriptRuns();

    @BeforeAll
    static void start() {
        provider = SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @BeforeEach
    void forget() {
        provider.reset();
    }

    /** In {@code soak} every fifth iteration is for the model: of six, the first and the last. */
    @ParameterizedTest
    @CsvSource({"mixed-workload, mixed, 2, 0 1", "soak, soak, 6, 0 5", "capacity, probe, 2, 0 1"})
    void summariesAreConversations(String script, String id, int iterations, String asked) throws Exception {
        RunResult result = run(script, Map.of("LLM_PERCENTAGE", "100"), KitScriptRuns.iterations(iterations, 1));

        List<Attempt> attempts = provider.journal().attempts();
        List<String> turns = Stream.of(asked.split(" "))
                .flatMap(n -> Stream.of(1, 2, 3).map(turn -> id + "-" + n + "-turn-" + turn))
                .toList();
        assertThat(attempts).extracting(attempt -> attempt.key().requestKey()).containsExactlyElementsOf(turns);
        assertThat(attempts.subList(0, 3))
                .as("the history grows")
                .extracting(attempt ->
                        Objects.requireNonNull(attempt.result().tokens()).input())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(runs.bills())
                .singleElement()
                .satisfies(bill ->
                        assertThat(bill.load().requests()).isEqualTo("soak".equals(script) ? 2 * 3 : turns.size()));
        assertThat(page(result)).contains("2: 3.00 good turns on average, 3 to 3");
        assertThat(LatencyTable.of(result).orElseThrow().lines())
                .anyMatch(line -> line.startsWith("turns of a conversation"));
    }

    @Test
    void probeJudgesEachTurnAndWaitsForConversationsThatBeganAtItsEnd() throws Exception {
        Map<String, String> probe = Map.of("CAPACITY_RATE", "240", "CAPACITY_PROBE", "1s", "DURATION_SCALE", "1");

        RunResult result = run("capacity", probe, new EmbeddedEngine(Map.of()));

        assertThat(result.crossed()).as(runs.log()).isEmpty();
        double turns = result.count("llm_operations").orElseThrow();
        assertThat(turns).as("four arrivals, or one more at the very end").isIn(12.0, 15.0);
        assertThat(Objects.requireNonNull(result.goodput()).scheduled()).isEqualTo((long) turns);
    }

    /** Half as many again as talk at a time while each answer keeps the limit: 3 turns of 8 s and 2 pauses of half a second. */
    @Test
    void rateThatNeedsMoreVirtualUsersThanThereAreIsRefused() {
        Map<String, String> probe = Map.of(
                "CAPACITY_RATE", "5000", "CAPACITY_PROBE", "1s", "CAPACITY_LIMIT_MS", "8000", "DURATION_SCALE", "1");

        assertThatThrownBy(() -> run("capacity", probe, new EmbeddedEngine(Map.of())))
                .hasMessageContaining("CAPACITY_RATE must be at most 800 for conversations within 25000 ms");
    }

    private RunResult run(String script, Map<String, String> more, EmbeddedEngine engine) throws Exception {
        Map<String, String> env = new HashMap<>(PATIENT);
        env.putAll(more);
        env.put(
                "TARGET",
                Files.writeString(folder.resolve("chat.yml"), ConversationTest.CHAT)
                        .toString());
        return runs.run(
                new RunOrder.Script(Path.of("k6", "scenarios", script + ".js"), env),
                new RunOrder.Service(provider.baseUrl(), folder, Map.of(), true),
                folder,
                engine);
    }

    private String page(RunResult result) throws Exception {
        Path page = folder.resolve("report.html");
        HtmlReport.write(result, page);
        return Files.readString(page);
    }
}
