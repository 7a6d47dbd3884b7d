package io.bookstore.api.health;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class HealthControllerTest {

    @Test
    void healthTellsWhatIsNotReal() {
        try (RunningStore store = RunningStore.start()) {
            HttpResponse<String> health =
                    await().until(() -> store.get("/health"), answer -> answer.statusCode() == 200);

            JsonNode body = json(health);
            assertThat(body.get("status").asText()).isEqualTo("UP");
            assertThat(body.at("/details/mongo/kind").asText()).isEqualTo("embedded");
            assertThat(body.at("/details/mongo/storage").asText()).isEqualTo("memory");
        }
    }

    @Test
    void serviceStartsWithoutMongoAndSaysThatItIsNotReady() {
        // Port 9 is "discard": nothing listens there.
        try (RunningStore store = RunningStore.start(Map.of("mongodb.uri", "mongodb://127.0.0.1:9"))) {
            assertThat(store.get("/health/liveness").statusCode()).isEqualTo(200);
            assertThat(store.get("/health/readiness").statusCode()).isEqualTo(503);
            assertThat(json(store.get("/health")).at("/details/mongo/kind").asText())
                    .isEqualTo("external");
        }
    }

    @Test
    void bookRouteWithoutMongoAnswers503WithRetryAfter() {
        try (RunningStore store =
                RunningStore.start(Map.of("mongodb.uri", "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200"))) {
            HttpResponse<String> answer = store.get("/api/v1/Books");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
            assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:database-unavailable");
            assertThat(answer.body()).doesNotContain("127.0.0.1");
        }
    }
}
