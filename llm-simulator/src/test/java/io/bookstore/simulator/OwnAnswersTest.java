package io.bookstore.simulator;

import static io.bookstore.simulator.RuledChats.attempts;
import static io.bookstore.simulator.RuledChats.chat;
import static io.bookstore.simulator.RuledChats.rules;
import static io.bookstore.simulator.rule.Match.any;
import static io.bookstore.simulator.rule.Match.body;
import static io.bookstore.simulator.rule.Match.header;
import static io.bookstore.simulator.rule.Match.model;
import static io.bookstore.simulator.rule.Match.prompt;
import static io.bookstore.simulator.rule.Match.tool;
import static io.bookstore.simulator.rule.Match.toolResult;
import static io.bookstore.simulator.rule.Match.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.ToolRequest.Call;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Match;
import io.bookstore.simulator.rule.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The first rule that a request matches answers it, in every wire format; everything else is answered as without rules. */
class OwnAnswersTest {

    private static final ObjectMapper json = new ObjectMapper();

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void promptIsTheSameInEveryFormat(Dialect dialect) throws Exception {
        server.answer(Answers.NONE.when(prompt().equalTo("Emma")).reply("Only {{prompt}}, of {{model}}."));

        assertThat(ask(dialect, "Emma")).contains("Only Emma, of " + dialect.model() + ".");
        assertThat(ask(dialect, "Emma and Knightley"))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("Only Emma");
    }

    @ParameterizedTest
    @EnumSource
    void requestThatNoRuleMatchesIsAnsweredAsWithoutRules(Dialect dialect) throws Exception {
        String without = withoutDates(ask(dialect, "Who is Emma?"));

        server.reset();
        server.answer(Answers.NONE.when(prompt().equalTo("Emma")).reply("Only Emma."));

        assertThat(withoutDates(ask(dialect, "Who is Emma?"))).isEqualTo(without);
    }

    @ParameterizedTest
    @EnumSource
    void toolIsCalledAndItsResultAnswered(ToolRequest format) throws Exception {
        server.answer(Answers.NONE
                .when(toolResult("find_shop"))
                .named("result")
                .reply("The shop is open.")
                .when(tool("find_shop").and(turn(1)))
                .named("call")
                .reply(Response.call("find_shop", Map.of("title", "{{prompt}}", "stars", 5, "price", 1.5))));

        String first = http.post(format.path(false), format.body(false, "", ""));
        List<Call> calls = format.calls(ToolRequest.read(first));
        assertThat(calls).as(first).hasSize(1);
        String second = http.post(format.path(false), format.body(false, "", format.history(calls.get(0), "yes")));

        assertThat(first).contains(format.finishReason());
        assertThat(calls.get(0).name()).isEqualTo("find_shop");
        assertThat(json.readTree(calls.get(0).arguments()))
                .isEqualTo(json.readTree("{\"title\":\"Emma\",\"stars\":5,\"price\":1.5}"));
        assertThat(second).contains("The shop is open.");
        assertThat(rules(server, 2)).containsExactly("call", "result");
    }

    @ParameterizedTest
    @EnumSource
    void severalCallsAreStreamed(ToolRequest format) throws Exception {
        server.answer(Answers.NONE
                .when(any())
                .reply(Response.call("rate_book", Map.of("title", "Emma")).andCall("find_shop", Map.of("stars", 5))));

        String stream = http.post(format.path(true), format.body(true, "", ""));

        assertThat(stream).startsWith("HTTP/1.1 200").contains("rate_book").contains("find_shop");
        assertThat(rules(server, 1)).containsExactly("rule 1");
    }

    @ParameterizedTest
    @EnumSource
    void turnIsTheNumberOfTheAnswerInItsConversation(ToolRequest format) throws Exception {
        server.answer(Answers.NONE
                .when(turn(1))
                .reply(Response.call("find_shop", Map.of()))
                .when(turn(2))
                .reply(Response.call("rate_book", Map.of("turn", "{{turn}}")))
                .when(turn(3))
                .reply("That was turn {{turn}}."));

        String history = "";
        List<String> called = new ArrayList<>();
        String answer = "";
        for (int i = 0; i < 3; i++) {
            answer = http.post(format.path(false), format.body(false, "", history));
            for (Call call : format.calls(ToolRequest.read(answer))) {
                called.add(call.name());
                history += format.history(call, "yes");
            }
        }

        assertThat(called).containsExactly("find_shop", "rate_book");
        assertThat(answer).contains("That was turn 3.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model equals      | gpt-4o
            model pattern     | ^gpt-[0-9]
            prompt contains   | the "weather"
            prompt pattern    | (?i)WEATHER in \\w+$
            header            | acme
            body              | u-7
            body, any item    | Is there
            body, a number    | 100
            """)
    void conditionIsMetByTheRequestAndNotByAnother(String part, String expected) throws Exception {
        Match match = switch (part) {
            case "model equals" -> model(expected);
            case "model pattern" -> model().containsPattern(expected);
            case "prompt contains" -> prompt().contains(expected);
            case "prompt pattern" -> prompt().containsPattern(expected);
            case "header" -> header("X-Tenant").equalTo(expected);
            case "body" -> body("$.user").equalTo(expected);
            case "body, any item" -> body("$.messages[*].content").contains(expected);
            default -> body("$.max_tokens").equalTo(expected);
        };
        server.answer(Answers.NONE.when(match).reply("Matched."));

        String met = http.post(
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"max_tokens\":100,\"user\":\"u-7\",\"messages\":[{\"role\":\"system\",\"content\":"
                        + "\"Is there sun?\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Tell me the "
                        + "\\\"weather\\\"\"},{\"type\":\"text\",\"text\":\"The weather in Paris\"}]}]}",
                "x-tenant: acme");
        String other = http.post(
                "/v1/chat/completions",
                "{\"model\":\"o3\",\"max_completion_tokens\":99,\"user\":\"u-77\",\"messages\":[{\"role\":\"user\","
                        + "\"content\":\"Emma\"}]}",
                "x-tenant: acme-2");

        assertThat(met).contains("Matched.");
        assertThat(other).startsWith("HTTP/1.1 200").doesNotContain("Matched.");
    }

    @Test
    void allConditionsOfARuleMustBeMet() throws Exception {
        server.answer(Answers.NONE
                .when(prompt().contains("Emma").and(header("x-tenant").equalTo("acme")))
                .reply("Both."));

        assertThat(chat(http, "Emma", "x-tenant: acme")).contains("Both.");
        assertThat(chat(http, "Emma")).doesNotContain("Both.");
        assertThat(chat(http, "Persuasion", "x-tenant: acme")).doesNotContain("Both.");
    }

    @Test
    void firstRuleThatMatchesAnswers() throws Exception {
        server.answer(Answers.NONE
                .when(prompt().contains("weather in Paris"))
                .reply("Rain.")
                .when(prompt().contains("weather"))
                .reply("Sun."));

        assertThat(chat(http, "The weather in Paris?")).contains("Rain.");
        assertThat(chat(http, "The weather in Rome?")).contains("Sun.");
        assertThat(rules(server, 2)).containsExactly("rule 1", "rule 2");
    }

    @Test
    void strictRefusalIsInTheJournalWithoutARule() throws Exception {
        server.answer(Answers.NONE.when(prompt().equalTo("Emma")).reply("Hm.").withStrict(true));

        assertThat(chat(http, "Who?"))
                .startsWith("HTTP/1.1 400 ")
                .contains("(model gpt-4o, turn 1, prompt \\\"Who?\\\")");
        assertThat(attempts(server, 1).get(0).result().rule()).isNull();
        assertThat(attempts(server, 1).get(0).result().outcome()).isEqualTo(Attempt.Outcome.REFUSED);
    }

    @Test
    void embeddingsAreNoMatterOfRules() throws Exception {
        server.answer(Answers.NONE.when(any()).reply("Never.").withStrict(true));

        assertThat(http.post("/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"Emma\"}"))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("Never.");
    }

    @Test
    void ruleThatCanNeverMatchIsRefusedInJava() {
        Answers weather = Answers.NONE.when(prompt().contains("weather")).reply("Sun.");

        assertThatThrownBy(() -> weather.when(prompt().equalTo("the weather?").and(turn(1)))
                        .reply("Rain."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Rule \"rule 2\" can never match: rule \"rule 1\" takes all its requests; move it before that"
                                + " one, or give that one more conditions");
        assertThatThrownBy(() -> prompt().contains("a").and(prompt().contains("b")))
                .hasMessage("prompt has two conditions; give it one");
        assertThatThrownBy(() -> turn(0)).hasMessage("turn must be >= 1, was 0");
    }

    private String ask(Dialect dialect, String prompt) throws IOException {
        return http.post(
                dialect.path(dialect.model(), false),
                dialect.body(dialect.model(), false, 100, prompt),
                "x-request-id: r-1");
    }

    /** The answer without times and length: Ollama's date has no zeros at its end, so the second can be shorter. */
    private static String withoutDates(String answer) {
        return answer.replaceAll("\"created(_at)?\":[^,}]+", "").replaceAll("(?i)(date|content-length): [^\r]+", "");
    }
}
