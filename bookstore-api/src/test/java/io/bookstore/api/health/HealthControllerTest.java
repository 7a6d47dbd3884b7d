package io.bookstore.api.health;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@ExtendWith(SharedStore.class)
@Execution(ExecutionMode.CONCURRENT)
class HealthControllerTest {

    // Port 9 is "discard": nothing listens there.
    private static final Map<String, Object> NO_MONGO = Map.of("mongodb.uri", "mongodb://127.0.0.1:9");

    @Test
    void healthTellsWhatIsNotReal(RunningStore store) {
        HttpResponse<String> health = store.get("/health");

        assertThat(health.statusCode()).isEqualTo(200);
        JsonNode body = json(health);
        assertThat(body.get("status").asText()).isEqualTo("UP");
        assertThat(body.at("/details/mongo/kind").asText()).isEqualTo("embedded");
        assertThat(body.at("/details/mongo/storage").asText()).isEqualTo("memory");
    }

    /** An external one may be gone; the embedded one is there as long as the service, however busy the machine is. */
    @Test
    void embeddedMongoHasLongerForItsAnswerThanAnExternalOne(RunningStore embedded) {
        try (RunningStore external = RunningStore.start(NO_MONGO)) {
            assertThat(limit(embedded)).isEqualTo(Duration.ofMinutes(1));
            assertThat(limit(external)).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void serviceStartsWithoutMongoAndSaysThatItIsNotReady() {
        try (RunningStore store = RunningStore.start(NO_MONGO)) {
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

    private static Duration limit(RunningStore store) {
        return store.store().context().getBean(MongoPing.class).limit();
    }
}
