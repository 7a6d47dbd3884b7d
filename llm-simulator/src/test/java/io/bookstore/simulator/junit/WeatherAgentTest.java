package io.bookstore.simulator.junit;

import static io.bookstore.simulator.rule.Match.prompt;
import static io.bookstore.simulator.rule.Match.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.bookstore.simulator.journal.Journal;
import io.bookstore.simulator.rule.Response;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The example of the page on own answers. */
@SimulatorTest
class WeatherAgentTest {

    @Test
    void secondTryIsAnswered(URI provider, TestAnswers answers) {
        answers.when(prompt().contains("weather").and(turn(1)))
                .reply(Response.fault("503"), Response.text("It is sunny."))
                .strict();

        assertThatThrownBy(() -> client(provider).chat("How is the weather?"))
                .isInstanceOf(InternalServerException.class);
        assertThat(client(provider).chat("How is the weather?")).isEqualTo("It is sunny.");
    }

    @Test
    void strictModeRefusesAnotherQuestion(URI provider, TestAnswers answers) {
        answers.when(prompt().contains("weather")).reply("It is sunny.").strict();

        assertThatThrownBy(() -> client(provider).chat("Who is Emma?"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("No rule of the simulator's answers matches this request");
    }

    @Test
    void ruleIsNamedInTheJournal(URI provider, TestAnswers answers, Journal journal) {
        answers.when(prompt().contains("weather")).named("sun").reply("It is sunny, {{prompt}}");

        client(provider).chat("weather");

        assertThat(journal.attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.result().rule()).isEqualTo("sun"));
    }

    @Test
    void rulesOfATestEndWithIt(URI provider, TestAnswers answers) {
        assertThat(client(provider).chat("How is the weather?")).doesNotContain("sunny");
    }

    private static ChatModel client(URI provider) {
        return OpenAiChatModel.builder()
                .baseUrl(provider + "/v1")
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
    }
}
