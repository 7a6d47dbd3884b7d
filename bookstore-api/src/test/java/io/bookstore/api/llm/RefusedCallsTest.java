package io.bookstore.api.llm;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.status;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RestartableStore;
import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Calls that are kept from a provider: its circuit breaker is open, its permits are taken, or its minute is full. */
@Execution(ExecutionMode.CONCURRENT)
class RefusedCallsTest {

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final CountDownLatch end = new CountDownLatch(1);
    private final RestartableStore store = new RestartableStore(provider::settings);

    @AfterEach
    void stop() {
        end.countDown();
        store.close();
        provider.close();
    }

    @Test
    void breakerLeavesAFailingProviderAlone() {
        store.restart(Map.of(
                "bookstore.llm.resilience.max-attempts", "1",
                "bookstore.llm.resilience.breaker-window", "4",
                "bookstore.llm.resilience.breaker-wait", "1h"));
        provider.always(status(500, "{}"));
        summarize();
        summarize();

        HttpResponse<String> refused = summarize();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(store.running().metric("llm_breaker_open", "provider=\"anthropic\""))
                .isEqualTo(1);
        assertThat(provider.received()).hasSize(2);
        assertThat(json(store.running().get("/api/v1/Books/llm-providers")).get("availableProviders"))
                .isEmpty();
        assertThat(json(store.running().get("/health"))
                        .at("/details/llm/status")
                        .asText())
                .isEqualTo("DEGRADED");
        store.running().assertReady();
    }

    @Test
    void breakerTriesTheProviderAgainAfterItsWait() {
        store.restart(Map.of(
                "bookstore.llm.resilience.max-attempts", "1",
                "bookstore.llm.resilience.breaker-window", "4",
                "bookstore.llm.resilience.breaker-wait", "1ms"));
        provider.always(status(500, "{}"));
        summarize();
        summarize();
        provider.always(stream("Back again.", 1, 1));

        await().untilAsserted(() -> assertThat(summarize().statusCode()).isEqualTo(200));
    }

    @Test
    void callsBeyondTheQueueDoNotWait() {
        store.restart(Map.of(
                "bookstore.llm.providers.anthropic.max-concurrent-calls", "1",
                "bookstore.llm.resilience.bulkhead-queue", "0",
                "bookstore.llm.resilience.bulkhead-wait", "1h",
                "bookstore.llm.deadline", "2h"));
        provider.next(after(end, stream("slow", 1, 1)));
        CompletableFuture<HttpResponse<String>> first = ask();
        await().until(() -> provider.received().size() == 1);

        assertThat(summarize().statusCode()).isEqualTo(503);

        assertThat(store.running().metric("llm_failures_total", "reason=\"too_many_calls\""))
                .isEqualTo(1);
        end.countDown();
        assertThat(first.join().statusCode()).isEqualTo(200);
        assertThat(summarize().statusCode()).as("the place is free again").isEqualTo(200);
    }

    @Test
    void callThatQueuesGetsThePlaceThatBecomesFree() {
        store.restart(Map.of(
                "bookstore.llm.providers.anthropic.max-concurrent-calls", "1",
                "bookstore.llm.resilience.bulkhead-wait", "1h",
                "bookstore.llm.deadline", "2h"));
        provider.always(after(end, stream("slow", 1, 1)));
        List<CompletableFuture<HttpResponse<String>>> both = List.of(ask(), ask());
        await().until(() -> provider.received().size() == 1);
        end.countDown();

        assertThat(both)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void callsBeyondThePlacesOfTheProviderAreTurnedAway() {
        store.restart(Map.of(
                "bookstore.llm.providers.anthropic.max-concurrent-calls", "1",
                "bookstore.llm.resilience.bulkhead-wait", "10ms"));
        provider.next(after(end, stream("slow", 1, 1)));
        CompletableFuture<HttpResponse<String>> first = ask();
        await().until(() -> provider.received().size() == 1);

        HttpResponse<String> second = summarize();

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(json(second).get("type").asText()).isEqualTo("urn:bookstore:problem:overloaded");
        assertThat(second.headers().firstValue("Retry-After")).hasValue("1");
        end.countDown();
        assertThat(first.join().statusCode()).isEqualTo(200);
    }

    @Test
    void limitOfCallsPerMinuteThatLeavesNoRoomAnswers503WithRetryAfter() {
        store.restart(Map.of("bookstore.llm.providers.anthropic.requests-per-minute", "1"));
        assertThat(summarize().statusCode()).isEqualTo(200);

        HttpResponse<String> second = summarize();

        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(Integer.parseInt(second.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(provider.received()).hasSize(1);
    }

    private HttpResponse<String> summarize() {
        return store.running().post(path(), "");
    }

    private CompletableFuture<HttpResponse<String>> ask() {
        RunningStore running = store.running();
        return running.client().sendAsync(running.request("POST", path(), ""), HttpResponse.BodyHandlers.ofString());
    }

    private String path() {
        return store.book() + "/generate-summary?refresh=true";
    }
}
