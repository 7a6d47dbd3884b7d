package io.bookstore.api.llm.resilience;

import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several times as many calls at once as the limit per minute leaves room for: what can be answered is, to the end. */
class OverloadTest {

    private static final int CALLS_AT_ONCE = 30;
    private static final int ROUNDS = 6;

    /** Turns are 100 ms apart, and a call waits for one that is less than 500 ms away. */
    private static final int ANSWERS_OF_A_ROUND = 4;

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RunningStore store = start();

    @AfterEach
    void stop() {
        store.close();
        provider.close();
    }

    @Test
    void goodputStaysHoweverMuchIsAsked() {
        provider.always(stream("A tale.", 10, 10));
        String path = path();
        double before = store.metric("llm_budget_remaining_usd");
        long answered = 0;

        for (int round = 1; round <= ROUNDS; round++) {
            List<Integer> statuses = askAtOnce(path);

            long answeredNow = statuses.stream().filter(status -> status == 200).count();
            assertThat(statuses).as("each is an answer or a refusal").containsOnly(200, 503);
            // A call is refused only if that many have a turn before it; one that is refused has taken none.
            assertThat(answeredNow).as("answers of round %d", round).isGreaterThanOrEqualTo(ANSWERS_OF_A_ROUND);
            answered += answeredNow;
        }

        assertThat(provider.received()).as("asked for each answer once").hasSize((int) answered);
        assertThat(store.metric("llm_breaker_open")).isZero();
        assertThat(before - store.metric("llm_budget_remaining_usd"))
                .as("what the tokens of the answers cost")
                .isCloseTo(answered * (10 * 3e-6 + 10 * 15e-6), within(1e-9));
    }

    private List<Integer> askAtOnce(String path) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        Stream.generate(() -> store.request("POST", path, ""))
                .limit(CALLS_AT_ONCE)
                .forEach(request ->
                        answers.add(store.client().sendAsync(request, HttpResponse.BodyHandlers.ofString())));
        return answers.stream().map(answer -> answer.join().statusCode()).toList();
    }

    private String path() {
        return store.addBook() + "/generate-summary?refresh=true";
    }

    private RunningStore start() {
        Map<String, Object> settings = provider.settings();
        settings.put("bookstore.llm.providers.anthropic.requests-per-minute", 600);
        settings.put("bookstore.llm.resilience.bulkhead-wait", "500ms");
        settings.put("test.endless-day", true);
        return RunningStore.start(settings);
    }
}
