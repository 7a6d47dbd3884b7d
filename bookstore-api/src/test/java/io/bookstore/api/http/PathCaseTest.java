package io.bookstore.api.http;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RawConnection;
import io.bookstore.api.RunningStore;
import io.bookstore.api.digest.Sha256;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathCaseTest {

    private static final String BOOK =
            "{\"title\":\"Ulysses\",\"author\":\"James Joyce\",\"isbn\":\"978-0-14-018647-5\",\"price\":1}";

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
        "GET,    /api/v1/books,                         /api/v1/Books",
        "GET,    /API/V1/BOOKS/,                        /api/v1/Books",
        "GET,    /api/v1/books?page=2&genre=a%20b,      /api/v1/Books?page=2&genre=a%20b",
        "GET,    /api/v1/books/search?query=x,          /api/v1/Books/search?query=x",
        "GET,    /api/v1/books/LLM-Providers,           /api/v1/Books/llm-providers",
        "GET,    /api/v1/books/aBc%2F..,                /api/v1/Books/aBc%2F..",
        "POST,   /api/v1/books/aBc/Generate-Summary,    /api/v1/Books/aBc/generate-summary",
        "DELETE, /api/v1/authors/AbC,                   /api/v1/Authors/AbC",
        "POST,   /Seed-Data,                            /seed-data",
        "GET,    /Health/Liveness,                      /health/liveness",
    })
    void pathInAnotherCaseIsSentToItsOwn(String method, String path, String location) {
        HttpResponse<String> answer = store.send(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(308);
        assertThat(answer.headers().firstValue("Location")).hasValue(location);
    }

    @Test
    void methodAndBodyAreKeptByAClientThatFollows() throws Exception {
        HttpClient following = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        HttpResponse<String> created =
                following.send(store.request("POST", "/api/v1/books", BOOK), HttpResponse.BodyHandlers.ofString());

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(created).get("title").asText()).isEqualTo("Ulysses");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/bookz",
                "/api/v1/books/a/b",
                "//api/v1/books",
                "/%2f/evil.example",
                "/api/v1/books//generate-summary",
                "/api/v1/ERRORTEST/503"
            })
    void pathOfNoRouteAnswers404(String path) throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            connection.send("GET " + path + " HTTP/1.1\r\nHost: bookstore\r\n\r\n");

            assertThat(connection.answer().status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/api/v1/books", "http://evil.example/api/v1/books"})
    void targetIsNeverAnotherHost(String target) throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            connection.send("GET " + target + " HTTP/1.1\r\nHost: evil.example\r\n\r\n");

            assertThat(connection.answer().headers()).containsEntry("location", "/api/v1/Books");
        }
    }

    @Test
    void rightPathWithAWrongMethodStaysOne() {
        assertThat(store.send("DELETE", "/api/v1/Books", "").statusCode()).isEqualTo(405);
    }

    @Test
    void roleIsAskedForAtTheTarget() {
        String key = "one-key-0123456789abcdef0123456789abcd";
        try (RunningStore secured = RunningStore.start(
                Map.of("bookstore.security.api-keys.one.sha256", Sha256.hex(key.getBytes(StandardCharsets.UTF_8))))) {
            HttpResponse<String> sent = secured.post("/api/v1/books", BOOK);
            String target = sent.headers().firstValue("Location").orElseThrow();

            assertThat(secured.post(target, BOOK).statusCode()).isEqualTo(401);
            assertThat(secured.post(target, BOOK, "X-API-Key", key).statusCode())
                    .isEqualTo(403);
        }
    }
}
