package io.bookstore.api.llm;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.late;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three times the calls that the limit per minute allows, for six seconds: what can be answered is, to the end. */
class OverloadTest {

    private static final int ALLOWED_A_SECOND = 10;
    private static final int ASKED_A_SECOND = 30;
    private static final int SECONDS = 6;

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private final RunningStore store = start();

    @AfterEach
    void stop() {
        clock.shutdownNow();
        store.close();
        provider.close();
    }

    @Test
    void goodputStaysAtTheLimitHoweverMuchIsAsked() {
        provider.always(late(Duration.ofSeconds(1), stream("A tale.", 10, 10)));
        String path = path();
        double before = store.metric("llm_budget_remaining_usd");

        List<Integer> statuses = load(path);

        long answered = statuses.stream().filter(status -> status == 200).count();
        List<Integer> second = statuses.subList(statuses.size() / 2, statuses.size());
        assertThat(statuses).as("each is an answer or a refusal").containsOnly(200, 503);
        assertThat(second.stream().filter(status -> status == 200).count())
                .as("answers in the second half")
                .isGreaterThanOrEqualTo(ALLOWED_A_SECOND * SECONDS / 2 * 7 / 10);
        assertThat(provider.received()).as("asked for each answer once").hasSize((int) answered);
        assertThat(store.metric("llm_breaker_open")).isZero();
        assertThat(before - store.metric("llm_budget_remaining_usd"))
                .as("what the tokens of the answers cost")
                .isCloseTo(answered * (10 * 3e-6 + 10 * 15e-6), within(1e-9));
    }

    /** An open loop: a slow answer does not slow the load. */
    private List<Integer> load(String path) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < ASKED_A_SECOND * SECONDS; i++) {
            Executor later =
                    CompletableFuture.delayedExecutor(i * 1_000L / ASKED_A_SECOND, TimeUnit.MILLISECONDS, clock);
            answers.add(CompletableFuture.runAsync(() -> {}, later)
                    .thenCompose(now -> store.client()
                            .sendAsync(store.request("POST", path, ""), HttpResponse.BodyHandlers.ofString())));
        }
        return answers.stream().map(answer -> answer.join().statusCode()).toList();
    }

    private String path() {
        return "/api/v1/Books/"
                + json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText()
                + "/generate-summary?refresh=true";
    }

    private RunningStore start() {
        Map<String, Object> settings = provider.settings();
        settings.put("bookstore.llm.providers.anthropic.requests-per-minute", ALLOWED_A_SECOND * 60);
        settings.put("bookstore.llm.deadline", "3s");
        settings.put("bookstore.llm.resilience.bulkhead-wait", "500ms");
        RunningStore started = RunningStore.start(settings);
        started.post("/seed-data", "");
        return started;
    }
}
