package io.bookstore.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.fault.FaultRule;
import io.bookstore.simulator.journal.Journal;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The example of the README. */
@SimulatorTest(requireGoodClients = true)
class SummaryClientTest {

    private static ChatModel client(URI provider) {
        return OpenAiChatModel.builder()
                .baseUrl(provider + "/v1")
                .apiKey("none")
                .modelName("gpt-4o-mini")
                .maxRetries(0)
                .build();
    }

    @Test
    void oneQuestionIsAskedOnce(URI provider, Journal journal) {
        client(provider).chat("Summarize \"Emma\" by Jane Austen");

        assertThat(journal.attempts()).hasSize(1);
    }

    @Test
    @SimulatorTest(seed = 42, requireGoodClients = true)
    void refusalIsNotRetriedBeforeItsTime(SimulatorServer simulator) {
        simulator.behave(simulator.behaviour().withFaults(FaultRule.always("429:5")));

        assertThatThrownBy(() -> client(simulator.baseUrl()).chat("Emma")).isInstanceOf(RateLimitException.class);
    }
}
