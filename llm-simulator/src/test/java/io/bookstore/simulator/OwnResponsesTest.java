package io.bookstore.simulator;

import static io.bookstore.simulator.RuledChats.attempts;
import static io.bookstore.simulator.RuledChats.chat;
import static io.bookstore.simulator.RuledChats.rules;
import static io.bookstore.simulator.rule.Match.any;
import static io.bookstore.simulator.rule.Match.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.simulator.journal.Attempt;
import io.bookstore.simulator.rule.Answers;
import io.bookstore.simulator.rule.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Responses of a rule: their order, their templates, their documents, and the latency, usage and fault that a rule gives them. */
class OwnResponsesTest {

    private static final ObjectMapper json = new ObjectMapper();

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private final RawHttp http = new RawHttp(server.baseUrl());

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void responsesComeOneAfterTheOtherAndTheLastOneStays() throws Exception {
        server.answer(
                Answers.NONE.when(any()).reply(Response.fault("503"), Response.text("First."), Response.text("Then.")));

        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            answers.add(chat(http, "Emma"));
        }

        assertThat(answers.get(0)).startsWith("HTTP/1.1 503 ");
        assertThat(answers.get(1)).contains("First.");
        assertThat(answers.subList(2, 4)).allMatch(answer -> answer.contains("Then."));
        assertThat(rules(server, 4)).containsOnly("rule 1");
    }

    @Test
    void sequenceGoesOnWhenARuleIsAddedAndBeginsAnewAfterAReset() throws Exception {
        Answers sequence = Answers.NONE.when(prompt().contains("Emma")).reply(Response.text("A."), Response.text("B."));
        server.answer(sequence);
        assertThat(chat(http, "Emma")).contains("A.");

        server.answer(sequence.when(any()).reply("C."));

        assertThat(chat(http, "Emma")).contains("B.");
        assertThat(chat(http, "Persuasion")).contains("C.");
        server.reset();
        assertThat(server.answers()).isEqualTo(Answers.NONE);
    }

    @Test
    void sequenceGivesEachResponseOnceAtAnyConcurrency() {
        Response[] numbers = IntStream.range(0, 40)
                .mapToObj(i -> Response.text("Number " + i + "!"))
                .toArray(Response[]::new);
        server.answer(Answers.NONE.when(any()).reply(numbers));

        List<String> told = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> number(chatUnchecked("Emma")))
                .toList();

        assertThat(told).doesNotHaveDuplicates().hasSize(40);
    }

    @Test
    void templatesRepeatPartsOfTheRequest() throws Exception {
        server.answer(
                Answers.NONE
                        .when(any())
                        .reply(
                                "{{prompt}}|{{turn}}|{{header x-tenant}}|{{body $.messages[0].role}}|{{header none}}|\\{{prompt}}"));

        assertThat(chat(http, "Emma $1 \\\\n", "x-tenant: acme")).contains("Emma $1 \\\\n|1|acme|user||{{prompt}}");
    }

    @Test
    void documentIsSentAsJson() throws Exception {
        server.answer(Answers.NONE
                .when(any())
                .reply(Response.document(Map.of("title", "About {{prompt}}", "stars", List.of(5)))));

        String text = ToolRequest.read(chat(http, "\\\"Emma\\\""))
                .at("/choices/0/message/content")
                .asText();

        assertThat(json.readTree(text)).isEqualTo(json.readTree("{\"title\":\"About \\\"Emma\\\"\",\"stars\":[5]}"));
    }

    @Test
    void latencyOfARuleIsTheOneThatIsPlanned() throws Exception {
        server.answer(Answers.NONE
                .when(any())
                .reply(Response.text("one two three four").withLatency(Duration.ofMillis(40), Duration.ofMillis(5))));

        chat(http, "Emma");

        assertThat(attempts(server, 1).get(0).planned()).isEqualTo(new Attempt.Timing(40.0, 40.0 + 3 * 5));
    }

    @Test
    void usageOfARuleIsThatOfTheJournalAndOfTheLimits() throws Exception {
        server.answer(Answers.NONE.when(any()).reply(Response.asUsual().withUsage(9_000, 7)));

        String answer = chat(http, "Emma");

        assertThat(ToolRequest.read(answer).at("/usage/prompt_tokens").asInt()).isEqualTo(9_000);
        assertThat(ToolRequest.read(answer).at("/usage/completion_tokens").asInt())
                .isEqualTo(7);
        assertThat(attempts(server, 1).get(0).result().tokens()).isEqualTo(new Attempt.Tokens(9_000, 7));
    }

    @Test
    void faultOfARuleBreaksItsAnswerAndThatOfTheRequestGoesBefore() throws Exception {
        server.answer(Answers.NONE.when(any()).reply(Response.text("Sunny.").withFault("wrong-usage")));

        assertThat(ToolRequest.read(chat(http, "Emma"))
                        .at("/usage/completion_tokens")
                        .asInt())
                .isGreaterThanOrEqualTo(20);
        assertThat(chat(http, "Emma", "x-simulator-fault: 429:5")).startsWith("HTTP/1.1 429 ");
        assertThat(chat(http, "Emma", "x-simulator-fault: empty-answer")).doesNotContain("Sunny.");
        assertThat(attempts(server, 3))
                .extracting(attempt -> attempt.result().fault())
                .containsExactly("wrong-usage", "429:5", "empty-answer");
    }

    private String chatUnchecked(String prompt) {
        try {
            return chat(http, prompt);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String number(String answer) {
        return Pattern.compile("Number \\d+!")
                .matcher(answer)
                .results()
                .map(found -> found.group())
                .findFirst()
                .orElse(answer);
    }
}
