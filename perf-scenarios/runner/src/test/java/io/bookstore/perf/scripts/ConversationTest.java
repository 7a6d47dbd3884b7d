package io.bookstore.perf.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.engine.embedded.EmbeddedEngine;
import io.bookstore.perf.plan.PlannedRun;
import io.bookstore.perf.plan.ServiceModel;
import io.bookstore.perf.plan.VirtualRun;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.run.RunOrder;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.Fault;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations with a foreign chat, whose history has the answers that came. */
class ConversationTest {

    static final String CHAT = """
            name: chat
            baseUrl: http://localhost:9
            health: { method: GET, path: /admin/config }
            headers: { Authorization: Bearer key }
            items: { values: [{ title: Emma }, { title: Dracula }] }
            operations:
              summary:
                method: POST
                path: /v1/chat/completions
                headers: { X-Request-Id: "{requestId}" }
                body: { model: gpt-4o-mini, messages: [{ role: user, content: "Summarise {title}." }] }
                conversation: &conversation
                  { turns: 3, thinkSeconds: [0, 1], followUps: ["And the end of {title}?", "Say it shorter."] }
              streamedSummary:
                method: POST
                path: /v1/chat/completions
                headers: { X-Request-Id: "{requestId}" }
                body:
                  model: gpt-4o-mini
                  stream: true
                  messages: [{ role: system, content: "Be brief." }, { role: user, content: "Summarise {title}." }]
                stream: { format: sse, text: choices.0.delta.content, end: "[DONE]" }
                conversation: *conversation
            answer: { text: choices.0.message.content }
            """;

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
        provider.behave(provider.behaviour().withFaults());
    }

    @ParameterizedTest
    @CsvSource({"no", "yes"})
    void eachTurnIsARequestWhosePromptHasTheAnswersBefore(String streamed) throws Exception {
        RunResult result = run(CHAT, streamed, 2);

        assertThat(result.crossed()).as(runs.log()).isEmpty();
        assertThat(conversations().keySet()).containsExactly("llm_smoke-0", "llm_smoke-1");
        assertThat(conversations().values()).allSatisfy(turns -> {
            assertThat(turns).hasSize(3);
            for (int i = 1; i < turns.size(); i++) {
                Attempt.Tokens before = tokens(turns.get(i - 1));
                assertThat(tokens(turns.get(i)).input()).isGreaterThan(before.input() + before.output());
            }
        });
        assertThat(KitScriptRuns.samples(folder, "llm_response_time"))
                .extracting(sample -> sample.metadata().get("request_id"))
                .containsExactly(
                        "llm_smoke-0-turn-1",
                        "llm_smoke-0-turn-2",
                        "llm_smoke-0-turn-3",
                        "llm_smoke-1-turn-1",
                        "llm_smoke-1-turn-2",
                        "llm_smoke-1-turn-3");
        assertThat(runs.bills()).extracting(bill -> bill.load().requests()).containsExactly(6.0);
    }

    @Test
    void turnsOfARangeAreDrawnByTheRequest() throws Exception {
        run(CHAT.replace("turns: 3", "turns: [1, 4]"), "no", 6);

        assertThat(turns()).as("the same in each run with this seed").containsExactly(1, 3, 4, 2, 3, 3);
    }

    /** The draws of the script are those of the plan; the tokens of the first prompt are given to it. */
    @Test
    void planHasTheTurnsAndTokensOfTheRun() throws Exception {
        String chat = CHAT.replace("turns: 3", "turns: [1, 6]");

        run(chat, "no", 6);

        List<Attempt> attempts = provider.journal().attempts();
        double input = attempts.stream().mapToInt(turn -> tokens(turn).input()).sum();
        long output = attempts.stream().mapToInt(turn -> tokens(turn).output()).sum();
        double firstPrompt = attempts.stream()
                .filter(turn -> turn.key().requestKey().endsWith("-turn-1"))
                .mapToInt(turn -> tokens(turn).input())
                .average()
                .orElseThrow();
        PlannedRun plan = plan(chat, 6, (int) Math.round(firstPrompt));
        assertThat(plan.summaries()).isEqualTo(attempts.size());
        assertThat(plan.outputTokens()).isEqualTo(output);
        assertThat((double) plan.inputTokens()).isCloseTo(input, withinPercentage(2));
        assertThat(plan.usd()).isCloseTo((3 * input + 15 * output) / 1e6, withinPercentage(2));
    }

    @ParameterizedTest
    @CsvSource({"no, 429:7", "yes, reset-after-chunks:3"})
    void turnThatFailsIsTheLastAndOneFailure(String streamed, String fault) throws Exception {
        FaultRule often = new FaultRule(Fault.parse(fault), 0.4, Duration.ZERO, null);
        provider.behave(provider.behaviour().withFaults(often));

        RunResult result = run(CHAT, streamed, 8);

        List<List<Attempt>> conversations = List.copyOf(conversations().values());
        assertThat(conversations).hasSize(8);
        List<Integer> good = new ArrayList<>();
        for (List<Attempt> turns : conversations) {
            int failed =
                    (int) turns.stream().filter(ConversationTest::hasFailed).count();
            assertThat(failed).isEqualTo(hasFailed(turns.get(turns.size() - 1)) ? 1 : 0);
            assertThat(turns).hasSizeBetween(1, 3);
            assertThat(failed == 1 || turns.size() == 3).isTrue();
            good.add(turns.size() - failed);
        }
        assertThat(turns()).isEqualTo(good).contains(0, 1, 2);
        assertThat(result.rate("llm_errors").orElseThrow().nonZero())
                .isEqualTo(good.stream().filter(turns -> turns < 3).count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            turns: 3             | turns: 0            | needs the key "turns", a whole number from 1 to 50 or two of them, the least and the most.
            turns: 3             | turns: [4, 2]       | needs the key "turns", a whole number
            turns: 3             | turn: 3             | has an unknown key "turn"; known are turns, followUps, messages, user, assistant, thinkSeconds.
            thinkSeconds: [0, 1] | thinkSeconds: 1     | has wrong thinkSeconds: write the least and the most, from 0 to 3600.
            thinkSeconds: [0, 1] | user: { role: me }  | has no {text} in "user", so the message would not say anything.
            thinkSeconds: [0, 1] | messages: contents  | finds no list at "contents" of the body: name the path of the messages with the key "messages".
            , followUps:         | , more:             | needs the key "followUps", a list of what the user says after the first answer.
            answer: { text: choices.0.message.content } | answer: {} | needs answer.text of the descriptor, for the history has what the model said.
            streamedSummary:     | browse:             | is for summary and streamedSummary alone: leave it out.
            """)
    void mistakeIsNamedBeforeTheLoadStarts(String sound, String mistaken, String sentence) throws Exception {
        Path target = Files.writeString(
                folder.resolve("chat.yml"), CHAT.replace(sound, mistaken).replaceAll(", more: \\[.*]", ""));

        EngineOutcome problem = new EmbeddedEngine(Map.of())
                .inspect(new EngineRequest(KitScriptRuns.SUMMARIES, Map.of("TARGET", target.toString()), folder))
                .problem();

        assertThat(Objects.requireNonNull(problem).problem()).contains(sentence);
    }

    private static boolean hasFailed(Attempt turn) {
        return turn.result().outcome() != Attempt.Outcome.COMPLETED;
    }

    private static Attempt.Tokens tokens(Attempt turn) {
        return Objects.requireNonNull(turn.result().tokens());
    }

    /** The attempts of each conversation, in the order of their turns. */
    private static Map<String, List<Attempt>> conversations() {
        Map<String, List<Attempt>> conversations = new LinkedHashMap<>();
        for (Attempt attempt : provider.journal().attempts()) {
            String[] key = attempt.key().requestKey().split("-turn-");
            List<Attempt> turns = conversations.computeIfAbsent(key[0], first -> new ArrayList<>());
            turns.add(attempt);
            assertThat(key[1]).isEqualTo(String.valueOf(turns.size()));
        }
        return conversations;
    }

    private PlannedRun plan(String descriptor, int conversations, int promptTokens) throws IOException {
        Path target = Files.writeString(folder.resolve("chat.yml"), descriptor);
        RunPlan.Scenario load = new RunPlan.Scenario(
                "llm_smoke", "shared-iterations", Duration.ZERO, Duration.ofMinutes(10), 1, conversations);
        return VirtualRun.of(
                new RunPlan(List.of(load)),
                new RunOrder.Script(KitScriptRuns.SUMMARIES, Map.of("TARGET", target.toString())).pace(),
                1,
                ServiceModel.bookStore().withInputTokens(promptTokens),
                provider.behaviour());
    }

    private RunResult run(String descriptor, String streamed, int conversations) throws Exception {
        Map<String, String> env = Map.of(
                "TARGET",
                        Files.writeString(folder.resolve("chat.yml"), descriptor)
                                .toString(),
                "SUMMARY_STREAM", streamed,
                "LLM_P95_MS", "600000",
                "LLM_P99_MS", "600000",
                "DURATION_SCALE", "0.001");
        return runs.run(
                new RunOrder.Script(KitScriptRuns.SUMMARIES, env),
                new RunOrder.Service(provider.baseUrl(), folder, Map.of(), true),
                folder,
                KitScriptRuns.iterations(conversations, 1));
    }

    private List<Integer> turns() throws Exception {
        return KitScriptRuns.samples(folder, "llm_turns").stream()
                .map(sample -> (int) sample.value())
                .toList();
    }
}
