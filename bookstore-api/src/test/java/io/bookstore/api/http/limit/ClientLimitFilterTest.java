package io.bookstore.api.http.limit;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ClientLimitFilterTest {

    private static final String ONE = "one-key-0123456789abcdef0123456789abcd";
    private static final String TWO = "two-key-0123456789abcdef0123456789abcd";

    @Test
    void clientBeyondItsLimitGets429WithTheTimeToWait() {
        try (RunningStore store = RunningStore.start(
                Map.of("bookstore.client-limit.requests-per-minute", 1, "bookstore.client-limit.burst", 2))) {
            HttpResponse<String> first = store.get("/api/v1/Books");
            store.get("/api/v1/Authors");
            HttpResponse<String> third = store.get("/api/v1/Books");

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"client\";q=1;w=60");
            assertThat(first.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"client\";r=1;t=");
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(json(third).get("type").asText()).isEqualTo("urn:bookstore:problem:too-many-requests");
            assertThat(third.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"client\";r=0;t=");
            assertThat(third.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 60L);
            assertThat(store.metric("http_server_requests_refused_total", "client=\"address\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void stateOfTheServiceIsNotCounted() {
        try (RunningStore store = RunningStore.start(Map.of("bookstore.client-limit.requests-per-minute", 1))) {
            for (int i = 0; i < 3; i++) {
                assertThat(store.get("/health/liveness").statusCode()).isEqualTo(200);
                assertThat(store.get("/metrics").statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void keysHaveALimitEach() {
        try (RunningStore store = RunningStore.start(secured(Map.of()))) {
            assertThat(store.get("/api/v1/Books", "X-API-Key", ONE).statusCode())
                    .isEqualTo(200);
            assertThat(store.get("/api/v1/Books", "X-API-Key", ONE).statusCode())
                    .isEqualTo(429);
            assertThat(store.get("/api/v1/Books", "X-API-Key", TWO).statusCode())
                    .isEqualTo(200);
            assertThat(store.metric("http_server_requests_refused_total", "client=\"key\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void whoeverGuessesKeysIsLimitedByItsAddress() {
        try (RunningStore store = RunningStore.start(secured(Map.of("bookstore.client-limit.burst", 3)))) {
            HttpResponse<String> first = store.get("/api/v1/Books", "X-API-Key", "guess-1");
            HttpResponse<String> second = store.get("/api/v1/Authors", "Authorization", "Bearer guess-2");
            HttpResponse<String> third = store.post("/seed-data", "");
            HttpResponse<String> fourth = store.get("/api/v1/Books", "X-API-Key", "guess-3");

            assertThat(List.of(first, second, third))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(401);
            assertThat(first.headers().firstValue("RateLimit").orElseThrow()).startsWith("\"client\";r=2;t=");
            assertThat(fourth.statusCode()).isEqualTo(429);
            assertThat(json(fourth).get("type").asText()).isEqualTo("urn:bookstore:problem:too-many-requests");
            assertThat(fourth.headers().firstValueAsLong("Retry-After").orElseThrow())
                    .isBetween(1L, 60L);
            assertThat(fourth.body()).doesNotContain("guess-3");
            assertThat(store.metric("http_server_requests_refused_total", "client=\"address\""))
                    .isEqualTo(1);
        }
    }

    @Test
    void guessesFromTheSameAddressDoNotKeepAKnownKeyOut() {
        try (RunningStore store = RunningStore.start(secured(Map.of()))) {
            store.get("/api/v1/Books", "X-API-Key", "guess-1");
            assertThat(store.get("/api/v1/Books", "X-API-Key", "guess-2").statusCode())
                    .isEqualTo(429);

            assertThat(store.get("/api/v1/Books", "X-API-Key", ONE).statusCode())
                    .isEqualTo(200);
            assertThat(store.get("/health/liveness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatARoleDoesNotAllowCountsForItsKey() {
        try (RunningStore store = RunningStore.start(secured(Map.of()))) {
            assertThat(store.post("/seed-data", "", "X-API-Key", ONE).statusCode())
                    .isEqualTo(403);
            assertThat(store.post("/seed-data", "", "X-API-Key", ONE).statusCode())
                    .isEqualTo(429);
            assertThat(store.metric("http_server_requests_refused_total", "client=\"key\""))
                    .isEqualTo(1);
        }
    }

    @Test
    @ExtendWith(SharedStore.class)
    void nobodyIsLimitedUnlessALimitIsSet(RunningStore store) {
        assertThat(store.get("/api/v1/Books").headers().firstValue("RateLimit")).isEmpty();
        assertThat(store.metric("http_server_requests_refused_total")).isZero();
    }

    /** A request a minute for each client, of which two have keys. */
    private static Map<String, Object> secured(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bookstore.client-limit.requests-per-minute",
                1,
                "bookstore.security.api-keys.one.sha256",
                "2806e83f51ea6d9f3e4aaa6c440cec13a312bfcffe8fd1507e018d7746024afa",
                "bookstore.security.api-keys.two.sha256",
                "fa06af2211f3dc70c10d716c20603fa6cc41b88ef46833261704fd4a92f7b790"));
        settings.putAll(more);
        return settings;
    }
}
