package io.bookstore.api.llm.budget;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.brokenBody;
import static io.bookstore.api.llm.ScriptedProvider.brokenStream;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.api.RestartableStore;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The daily budget as a client and the person who pays see it. The model costs 3 and 15 dollars a million tokens. */
@Execution(ExecutionMode.CONCURRENT)
class BudgetTest {

    private static final Offset<Double> EXACTLY = within(1e-9);

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RestartableStore store = new RestartableStore(this::settings);

    @AfterEach
    void stop() {
        store.close();
        provider.close();
    }

    @Test
    void answerCostsWhatItsTokensCost() {
        provider.next(stream("A tale.", 1_000, 100));

        assertThat(summarize().statusCode()).isEqualTo(200);

        assertThat(remaining()).isEqualTo(0.05 - 0.003 - 0.0015, EXACTLY);
    }

    @Test
    void exhaustedBudgetAnswers402WithoutAskingTheProvider() {
        provider.always(stream("A tale.", 10_000, 100));
        while (remaining() > 0.012) {
            summarize();
        }
        int asked = provider.received().size();

        HttpResponse<String> answer = summarize();

        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:budget-exhausted");
        assertThat(json(answer).get("retryAfterSeconds").asInt()).isEqualTo(3_600);
        assertThat(provider.received()).hasSize(asked);
        assertThat(store.running().post(path(), "").statusCode())
                .as("a cached summary costs nothing")
                .isEqualTo(200);
    }

    @Test
    void refusedAttemptsCostNothing() {
        provider.always(status(500, "{}"));

        assertThat(summarize().statusCode()).isEqualTo(502);

        assertThat(provider.received()).hasSize(3);
        assertThat(remaining()).isEqualTo(0.05, EXACTLY);
    }

    @Test
    void answerThatBrokeOffCostsTheWorstCase() {
        provider.next(brokenStream()).always(status(401, "{}"));

        assertThat(summarize().statusCode()).isEqualTo(503);

        // 500 output tokens and less than 2,000 bytes of prompt
        assertThat(remaining()).isBetween(0.05 - 0.0075 - 0.006, 0.05 - 0.0075);
    }

    @Test
    void answerThatBrokeOffInOnePieceCostsTheWorstCaseEachTime() {
        store.restart(Map.of("bookstore.llm.stream", false));
        provider.always(brokenBody("application/json", "{\"id\":\"msg_1\","));

        assertThat(summarize().statusCode()).isEqualTo(502);

        assertThat(provider.received()).hasSize(2);
        assertThat(remaining()).isBetween(0.05 - 2 * (0.0075 + 0.006), 0.05 - 2 * 0.0075);
    }

    @Test
    void streamThatBrokeOffBeforeItsFirstTokenCostsTheWorstCaseEachTime() {
        provider.always(brokenBody("text/event-stream", ": ping\n\n"));

        assertThat(summarize().statusCode()).isEqualTo(502);

        assertThat(provider.received()).hasSize(2);
        assertThat(remaining()).isBetween(0.05 - 2 * (0.0075 + 0.006), 0.05 - 2 * 0.0075);
    }

    /** The model costs 0.06 and 0.24 dollars a million tokens. */
    @ParameterizedTest
    @CsvSource({"true, application/vnd.amazon.eventstream", "false, application/json"})
    void answerOfBedrockThatBrokeOffCostsTheWorstCaseEachTime(boolean stream, String contentType) {
        store.restart(Map.of(
                "bookstore.llm.stream", stream,
                "bookstore.llm.provider", "bedrock",
                "bookstore.llm.providers.bedrock.api-key", "test-key",
                "bookstore.llm.providers.bedrock.model", "amazon.nova-lite-v1:0",
                "bookstore.llm.providers.bedrock.base-url", provider.uri().toString()));
        provider.always(brokenBody(contentType, stream ? "" : "{\"output\":{"));

        assertThat(summarize().statusCode()).isEqualTo(502);

        assertThat(provider.received()).hasSize(2);
        assertThat(remaining()).isBetween(0.05 - 2 * (0.00012 + 0.00012), 0.05 - 2 * 0.00012);
    }

    @Test
    void simulatedAnswersCostNothing() {
        try (RunningStore simulated = RunningStore.start(Map.of("bookstore.llm.daily-budget-usd", "0"))) {
            String book = simulated.addBook();

            assertThat(simulated.post(book + "/generate-summary", "").statusCode())
                    .isEqualTo(200);
            assertThat(simulated.get("/metrics").body()).contains("\nllm_budget_remaining_usd 0.0\n");
        }
    }

    private double remaining() {
        return store.running().metric("llm_budget_remaining_usd");
    }

    private HttpResponse<String> summarize() {
        return store.running().post(path() + "?refresh=true", "");
    }

    private String path() {
        return store.book() + "/generate-summary";
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(provider.settings());
        settings.put("bookstore.llm.daily-budget-usd", "0.05");
        settings.put("test.endless-day", true);
        return settings;
    }
}
