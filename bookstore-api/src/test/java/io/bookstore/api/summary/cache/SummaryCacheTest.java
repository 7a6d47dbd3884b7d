package io.bookstore.api.summary.cache;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SummaryCacheTest {

    private ScriptedProvider provider;
    private RunningStore store;
    private String id;

    @BeforeEach
    void start() {
        provider = ScriptedProvider.start();
        store = RunningStore.start(settings(Map.of("bookstore.cache.failure-ttl", "1h")));
        store.post("/seed-data", "");
        id = json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText();
    }

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
        assertThat(store.metric("llm_cache_requests_total", "result=\"miss\"")).isEqualTo(1);
        assertThat(store.metric("llm_cache_requests_total", "result=\"hit\"")).isEqualTo(1);
        assertThat(store.metric("llm_cache_saved_tokens_total")).isEqualTo(19);
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
        JsonNode book = json(store.get("/api/v1/Books/" + id));
        store.put(
                "/api/v1/Books/" + id,
                "{\"title\":\"Another\",\"author\":\"B\",\"isbn\":\""
                        + book.get("isbn").asText() + "\",\"price\":1}");

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
        assertThat(store.metric("llm_cache_requests_total", "result=\"miss\"")).isEqualTo(1);
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
        assertThat(store.metric("llm_cache_requests_total", "result=\"refusal\""))
                .isEqualTo(1);
        assertThat(store.metric("llm_failures_total", "reason=\"invalid_request\""))
                .isEqualTo(2);
        assertThat(json(summarize("?refresh=true")).get("cache").asText()).isEqualTo("bypass");
        assertThat(json(summarize("")).get("cache").asText()).isEqualTo("hit");
    }

    @Test
    void refusalIsForgottenAfterItsTime() {
        try (RunningStore forgetful = RunningStore.start(settings(Map.of("bookstore.cache.failure-ttl", "0s")))) {
            forgetful.post("/seed-data", "");
            provider.next(status(400, "{}"));

            assertThat(forgetful
                            .post("/api/v1/Books/" + id + "/generate-summary", "")
                            .statusCode())
                    .isEqualTo(502);
            assertThat(forgetful
                            .post("/api/v1/Books/" + id + "/generate-summary", "")
                            .statusCode())
                    .isEqualTo(200);
        }
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

        store.send(
                "PATCH",
                "/api/v1/Books/" + id,
                "{\"price\":3.5}",
                "Content-Type",
                "application/merge-patch+json",
                "If-Match",
                store.get("/api/v1/Books/" + id).headers().firstValue("ETag").orElseThrow());

        assertThat(json(summarize("")).get("cache").asText()).isEqualTo("hit");
    }

    @Test
    void redisThatIsNotThereChangesNothingButACounter() {
        try (RunningStore withRedis =
                RunningStore.start(settings(Map.of("bookstore.cache.redis-uri", "redis://127.0.0.1:9")))) {
            withRedis.post("/seed-data", "");

            HttpResponse<String> answer = withRedis.post("/api/v1/Books/" + id + "/generate-summary", "");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(json(answer).get("cache").asText()).isEqualTo("miss");
            withRedis.assertReady();
            assertThat(withRedis.metric("llm_cache_requests_total", "result=\"error\""))
                    .isPositive();
            assertThat(json(withRedis.get("/health"))
                            .at("/details/redis/status")
                            .asText())
                    .isEqualTo("DEGRADED");
        }
    }

    private List<CompletableFuture<HttpResponse<String>>> send(int count) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(store.client()
                    .sendAsync(
                            store.request("POST", "/api/v1/Books/" + id + "/generate-summary", ""),
                            HttpResponse.BodyHandlers.ofString()));
        }
        return answers;
    }

    private HttpResponse<String> summarize(String query) {
        return store.post("/api/v1/Books/" + id + "/generate-summary" + query, "");
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = provider.settings();
        settings.putAll(more);
        return settings;
    }
}
