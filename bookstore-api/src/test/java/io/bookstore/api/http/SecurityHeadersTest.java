package io.bookstore.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityHeadersTest {

    private static RunningStore store;

    @BeforeAll
    static void start() {
        store = RunningStore.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /api/v1/Books,        200",
        "GET,  /api/v1/Books/0,      404",
        "POST, /api/v1/Books,        400",
        "GET,  /health,              200",
        "GET,  /metrics,             200",
        "GET,  /nope,                404",
        "POST, /nope%00,             400",
        "PUT,  /seed-data,           405"
    })
    void everyAnswerSaysThatNobodyMayShowOrKeepIt(String method, String path, int status) {
        HttpResponse<String> answer = store.send(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        HttpHeaders headers = answer.headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; frame-ancestors 'none'");
        assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void bookMayBeKeptAndMustBeAskedForAgain() {
        String book = store.post(
                        "/api/v1/Books", "{\"title\":\"t\",\"author\":\"a\",\"isbn\":\"9780140186475\",\"price\":1}")
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(store.get(book).headers().firstValue("Cache-Control")).hasValue("private, no-cache");
    }
}
