package io.bookstore.api.summary.cache;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RestartableStore;
import io.bookstore.api.llm.ScriptedProvider;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SummaryCacheTest {

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RestartableStore store = new RestartableStore(this::settings);

    @AfterEach
    void stop() {
        store.close();
        provider.close();
    }

    @Test
    void secondRequestIsAnsweredWithoutTheProviderAndCostsNothing() {
        JsonNode first = json(summarize(""));
        JsonNode second = json(summarize(""));

        assertThat(first.get("cache").asText()).isEqualTo("miss");
        assertThat(second.get("cache").asText()).isEqualTo("hit");
        assertThat(second.get("aiGeneratedSummary")).isEqualTo(first.get("aiGeneratedSummary"));
        assertThat(second.get("costUsd").doubleValue()).isZero();
        assertThat(second.get("attempts").intValue()).isZero();
        assertThat(second.has("inputTokens")).isFalse();
        assertThat(second.has("providerMs")).isFalse();
        assertThat(provider.received()).hasSize(1);
        assertThat(store.running().metric("llm_cache_requests_total", "result=\"miss\""))
                .isEqualTo(1);
        assertThat(store.running().metric("llm_cache_requests_total", "result=\"hit\""))
                .isEqualTo(1);
        assertThat(store.running().metric("llm_cache_saved_tokens_total")).isEqualTo(19);
    }

    @Test
    void refreshAsksAgainAndItsAnswerIsTheOneThatIsKept() {
        summarize("");
        provider.next(stream("A newer text.", 1, 1));

        assertThat(json(summarize("?refresh=true")).get("cache").asText()).isEqualTo("bypass");

        assertThat(json(summarize("")).get("aiGeneratedSummary").asText()).isEqualTo("A newer text.");
        assertThat(provider.received()).hasSize(2);
    }

    @Test
    void changedBookHasNoKnownSummary() {
        summarize("");
        String isbn = json(store.running().get(store.book())).get("isbn").asText();
        store.running()
                .put(store.book(), "{\"title\":\"Another\",\"author\":\"B\",\"isbn\":\"" + isbn + "\",\"price\":1}");

        assertThat(json(summarize("")).get("cache").asText()).isEqualTo("miss");
    }

    @Test
    void manyWhoWantTheSameAtOnceShareOneCall() {
        CountDownLatch open = new CountDownLatch(1);
        provider.next(after(open, stream("Shared.", 1, 1)));

        List<CompletableFuture<HttpResponse<String>>> answers = send(20);
        await().until(() -> provider.received().size() == 1);
        open.countDown();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(provider.received()).hasSize(1);
        assertThat(store.running().metric("llm_cache_requests_total", "result=\"miss\""))
                .isEqualTo(1);
    }

    @Test
    void thoseWhoShareACallShareItsFailureAndTheNextOneAsksAgain() {
        CountDownLatch open = new CountDownLatch(1);
        provider.next(after(open, status(401, "{}")));
        List<CompletableFuture<HttpResponse<String>>> answers = send(5);
        await().until(() -> provider.received().size() == 1);
        open.countDown();
        List<Integer> statuses =
                answers.stream().map(answer -> answer.join().statusCode()).toList();

        // A request that came when the call had failed already made the next call.
        String cache = statuses.contains(200) ? "hit" : "miss";
        assertThat(statuses).contains(503).isSubsetOf(503, 200);
        assertThat(json(summarize("")).get("cache").asText()).isEqualTo(cache);
        assertThat(provider.received()).hasSize(2);
    }

    @Test
    void refusalThatWouldComeAgainIsRememberedForAMoment() {
        provider.next(status(400, "{}")).always(stream("Written after all.", 1, 1));

        assertThat(summarize("").statusCode()).isEqualTo(502);
        HttpResponse<String> again = summarize("");

        assertThat(again.statusCode()).isEqualTo(502);
        assertThat(json(again).get("detail").asText()).isEqualTo("The provider refuses the request");
        assertThat(provider.received()).hasSize(1);
        assertThat(store.running().metric("llm_cache_requests_total", "result=\"refusal\""))
                .isEqualTo(1);
        assertThat(store.running().metric("llm_failures_total", "reason=\"invalid_request\""))
                .isEqualTo(2);
        assertThat(json(summarize("?refresh=true")).get("cache").asText()).isEqualTo("bypass");
        assertThat(json(summarize("")).get("cache").asText()).isEqualTo("hit");
    }

    @Test
    void refusalIsForgottenAfterItsTime() {
        store.restart(Map.of("bookstore.cache.failure-ttl", "0s"));
        provider.next(status(400, "{}"));

        assertThat(summarize("").statusCode()).isEqualTo(502);
        assertThat(summarize("").statusCode()).isEqualTo(200);
    }

    @Test
    void failureThatMayPassIsNotRemembered() {
        provider.next(status(401, "{}"));

        assertThat(summarize("").statusCode()).isEqualTo(503);
        assertThat(summarize("").statusCode()).isEqualTo(200);
    }

    @Test
    void bookWhosePriceChangedIsTheSameForTheReader() {
        summarize("");

        store.running()
                .send(
                        "PATCH",
                        store.book(),
                        "{\"price\":3.5}",
                        "Content-Type",
                        "application/merge-patch+json",
                        "If-Match",
                        store.running()
                                .get(store.book())
                                .headers()
                                .firstValue("ETag")
                                .orElseThrow());

        assertThat(json(summarize("")).get("cache").asText()).isEqualTo("hit");
    }

    @Test
    void redisThatIsNotThereChangesNothingButACounter() {
        store.restart(Map.of("bookstore.cache.redis-uri", "redis://127.0.0.1:9"));

        HttpResponse<String> answer = summarize("");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("cache").asText()).isEqualTo("miss");
        store.running().assertReady();
        assertThat(store.running().metric("llm_cache_requests_total", "result=\"error\""))
                .isPositive();
        assertThat(json(store.running().get("/health"))
                        .at("/details/redis/status")
                        .asText())
                .isEqualTo("DEGRADED");
    }

    private List<CompletableFuture<HttpResponse<String>>> send(int count) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(store.running()
                    .client()
                    .sendAsync(
                            store.running().request("POST", store.book() + "/generate-summary", ""),
                            HttpResponse.BodyHandlers.ofString()));
        }
        return answers;
    }

    private HttpResponse<String> summarize(String query) {
        return store.running().post(store.book() + "/generate-summary" + query, "");
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = provider.settings();
        settings.put("bookstore.cache.failure-ttl", "1h");
        return settings;
    }
}
