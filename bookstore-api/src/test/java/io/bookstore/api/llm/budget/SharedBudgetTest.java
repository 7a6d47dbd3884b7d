package io.bookstore.api.llm.budget;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import io.bookstore.testing.RedisServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two instances of the service with one budget of 5 cents in a real Redis. */
@Execution(ExecutionMode.CONCURRENT)
class SharedBudgetTest {

    private static final Offset<Double> EXACTLY = within(1e-9);

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RedisServer redis = opened(RedisServer.startOrSkip());

    @AfterEach
    void stop() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        provider.close();
    }

    @Test
    void whatOneInstanceSpendsIsGoneForTheOther() {
        RunningStore first = instance();
        RunningStore second = instance();
        // 10,000 and 100 tokens at 3 and 15 dollars a million
        provider.always(stream("A tale.", 10_000, 100));

        assertThat(summarize(first).statusCode()).isEqualTo(200);
        awaitRemaining(second, 0.05 - 0.0315);
        assertThat(summarize(second).statusCode()).isEqualTo(200);
        awaitRemaining(first, 0);
        HttpResponse<String> refused = summarize(first);

        assertThat(refused.statusCode()).isEqualTo(402);
        assertThat(json(refused).get("type").asText()).isEqualTo("urn:bookstore:problem:budget-exhausted");
        assertThat(json(refused).get("retryAfterSeconds").asInt()).isEqualTo(3_600);
        assertThat(provider.received()).hasSize(2);
    }

    /** Waits, as an instance that has answered does not wait for Redis to know what the answer cost. */
    private static void awaitRemaining(RunningStore store, double usd) {
        await().untilAsserted(() ->
                assertThat(store.metric("llm_budget_remaining_usd")).isEqualTo(usd, EXACTLY));
    }

    private static HttpResponse<String> summarize(RunningStore store) {
        String id =
                json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText();
        return store.post("/api/v1/Books/" + id + "/generate-summary?refresh=true", "");
    }

    private RunningStore instance() {
        Map<String, Object> settings = provider.settings();
        settings.put("bookstore.cache.redis-uri", redis.uri());
        settings.put("bookstore.cache.redis-timeout", "2m");
        settings.put("bookstore.llm.daily-budget-usd", "0.05");
        settings.put("test.endless-day", true);
        RunningStore store = opened(RunningStore.start(settings));
        store.addBook();
        await().until(() ->
                json(store.get("/health")).at("/details/redis/status").asText().equals("UP"));
        return store;
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }
}
