package io.bookstore.api.demo;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RawConnection;
import io.bookstore.api.RunningStore;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTestControllerTest {

    private static RunningStore store;

    @BeforeAll
    static void start() {
        store = RunningStore.start(Map.of("bookstore.error-test.enabled", "true"));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 415, 422, 429, 500, 502, 503, 504})
    void codeAskedForIsTheAnswer(int code) {
        HttpResponse<String> answer = store.get("/api/v1/ErrorTest/" + code);

        assertThat(answer.statusCode()).isEqualTo(code);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).get("status").asInt()).isEqualTo(code);
        assertThat(json(answer).get("title").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void statusOfManyReasonsNamesNoneOfThem(int code) {
        assertThat(json(store.get("/api/v1/ErrorTest/" + code)).get("type").asText())
                .isEqualTo("about:blank");
    }

    @Test
    void answersCarryTheHeadersOfTheirStatus() {
        assertThat(store.get("/api/v1/ErrorTest/401").headers().firstValue("WWW-Authenticate"))
                .isPresent();
        assertThat(store.get("/api/v1/ErrorTest/405").headers().firstValue("Allow"))
                .hasValue("GET");
        assertThat(store.get("/api/v1/ErrorTest/429").headers().firstValue("Retry-After"))
                .hasValue("1");
        assertThat(store.get("/api/v1/ErrorTest/503").headers().firstValue("Retry-After"))
                .hasValue("1");
    }

    @Test
    void randomIsOneOfThem() {
        assertThat(store.get("/api/v1/ErrorTest/random").statusCode()).isBetween(400, 504);
    }

    @Test
    void delayHasALimit() {
        assertThat(store.get("/api/v1/ErrorTest/404?delayMs=60001").statusCode())
                .isEqualTo(400);
        assertThat(store.get("/api/v1/ErrorTest/418").statusCode()).isEqualTo(404);
    }

    @Test
    void abortResetsTheConnectionInPlaceOfAnAnswer() throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            connection.send("GET /api/v1/ErrorTest/abort?delayMs=5 HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThatThrownBy(connection::answer)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
        await().untilAsserted(() -> assertThat(store.metric(
                        "http_server_request_duration_seconds_count",
                        "http_route=\"/api/v1/ErrorTest/abort\"",
                        "http_response_status_code=\"none\"",
                        "error_type=\"cancelled\""))
                .isEqualTo(1));
    }

    @Test
    void nothingOfItIsThereUnlessItIsEnabled() {
        try (RunningStore plain = RunningStore.start()) {
            assertThat(plain.get("/api/v1/ErrorTest/500").statusCode()).isEqualTo(404);
        }
    }
}
