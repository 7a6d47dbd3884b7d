package io.bookstore.api.http.precondition;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {

    private static final String BOOK =
            "{\"title\":\"Dubliners\",\"author\":\"James Joyce\",\"isbn\":\"9780140186475\",\"price\":9.95}";

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
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "0"                | 200
                    "7", "0"           | 200
                    "7","0","8"        | 200
                    *                  | 200
                    "1"                | 412
                    W/"0"              | 412
                    W/"0", "1"         | 412
                    ""                 | 412
                    0                  | 400
                    "0" "1"            | 400
                    "0                 | 400
                    *, "0"             | 400
                    """)
    void writeIsMadeIfTheClientKnowsTheVersion(String ifMatch, int status) {
        String path = create();

        HttpResponse<String> answer = store.put(path, BOOK.replace("9.95", "8"), "If-Match", ifMatch);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(store.get(path)).get("price").asInt()).isEqualTo(status == 200 ? 8 : 9);
        if (status == 400) {
            assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("If-Match");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "0"       | 304
                    W/"0"     | 304
                    "4", "0"  | 304
                    *         | 304
                    "1"       | 200
                    0         | 400
                    """)
    void readIsAnsweredIfTheClientLacksTheVersion(String ifNoneMatch, int status) {
        HttpResponse<String> answer = store.get(create(), "If-None-Match", ifNoneMatch);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status != 400) {
            assertThat(answer.headers().firstValue("ETag")).hasValue("\"0\"");
            assertThat(answer.body().isEmpty()).isEqualTo(status == 304);
        }
    }

    @Test
    void writeThatMustFindAnotherVersionAnswers412() {
        String path = create();

        assertThat(store.delete(path, "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(store.get(path).statusCode()).isEqualTo(200);
        assertThat(store.delete(path, "If-None-Match", "\"1\"").statusCode()).isEqualTo(204);
    }

    @Test
    void resourceThatIsNotThereIsMissedBeforeItsVersion() {
        assertThat(store.delete("/api/v1/Books/0123456789abcdef01234567", "If-Match", "*")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void writeWithoutAVersionAnswers428WhereItIsRequired(String method) {
        try (RunningStore strict = RunningStore.start(Map.of("bookstore.api.require-if-match", "true"))) {
            String book = strict.post("/api/v1/Books", BOOK)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            String body = method.equals("DELETE") ? "" : BOOK;

            HttpResponse<String> bare = strict.send(method, book, body);
            HttpResponse<String> informed = strict.send(method, book, body, "If-Match", "\"0\"");

            assertThat(bare.statusCode()).isEqualTo(428);
            assertThat(json(bare).get("type").asText()).isEqualTo("urn:bookstore:problem:precondition-required");
            assertThat(informed.statusCode()).isBetween(200, 204);
        }
    }

    private static String create() {
        return store.post("/api/v1/Books", BOOK)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }
}
