package io.bookstore.api.book;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.book.Dubliners.DUBLINERS;
import static io.bookstore.api.book.Dubliners.create;
import static io.bookstore.api.book.Dubliners.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules of the fields of a book, in a new one and in a patch: what breaks one is named, and nothing is written.
 */
class BookRulesTest {

    private static RunningStore store;

    @BeforeAll
    static void start() {
        store = RunningStore.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void idAndVersionOfTheClientAreRefused() {
        HttpResponse<String> answer =
                store.post("/api/v1/Books", "{\"id\":\"0123456789abcdef01234567\"," + DUBLINERS.substring(1));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("id");
    }

    @ParameterizedTest
    @CsvSource({
        "title, '\"\"'",
        "title, '\"a\\u0000b\"'",
        "title, '\"\\ud800\"'",
        "title, 12",
        "title, '{\"$ne\":1}'",
        "author, '\" \"'",
        "isbn, '\"9780140186474\"'",
        "isbn, '\"0140186476\"'",
        "publishedDate, '\"+1000000000-12-31T23:59:59.999999999Z\"'",
        "publishedDate, '\"-1000000000-01-01T00:00:00Z\"'",
        "publishedDate, '\"0000-12-31T23:59:59Z\"'",
        "publishedDate, 0",
        "price, -0.01",
        "price, 1.999",
        "price, 100000.01",
        "price, null",
        "price, '\"9.95\"'",
        "stockQuantity, -1",
        "stockQuantity, 1.5",
        "publishedDate, '\"yesterday\"'",
        "publishedDate, 5"
    })
    void fieldThatBreaksItsRuleAnswers400NamesItAndWritesNothing(String field, String value) {
        long before = total();

        HttpResponse<String> answer = store.post("/api/v1/Books", with(field, value));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(total()).isEqualTo(before);
    }

    @Test
    void titleOfExactlyTheLimitIsTakenAndOneMoreIsNot() {
        assertThat(store.post("/api/v1/Books", with("title", '"' + "x".repeat(500) + '"'))
                        .statusCode())
                .isEqualTo(201);
        assertThat(store.post("/api/v1/Books", with("title", '"' + "x".repeat(501) + '"'))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void madeUpIsbnIsTakenWhereTheyNeedNotBeStrict() {
        try (RunningStore lenient = RunningStore.start(Map.of("bookstore.api.strict-isbn", "false"))) {
            for (String form : List.of("978-3-66204-30-4", "978-0-1764374400000", "979-1234567")) {
                HttpResponse<String> answer = lenient.post("/api/v1/Books", with("isbn", '"' + form + '"'));

                assertThat(answer.statusCode()).as(form).isEqualTo(201);
                assertThat(json(answer).get("isbn").asText()).isEqualTo(form.replace("-", ""));
            }
            for (String none :
                    List.of("978-123456", "977-3-66204-30-4", "978-0-123456789012345678", "978-0-x4018647-5")) {
                HttpResponse<String> answer = lenient.post("/api/v1/Books", with("isbn", '"' + none + '"'));

                assertThat(answer.statusCode()).as(none).isEqualTo(400);
                assertThat(json(answer).get("detail").asText())
                        .isEqualTo("isbn must begin with 978 or 979 and have 10 to 20 digits, hyphens allowed");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"title\":null}', title",
        "'{\"price\":-1}', price",
        "'{\"price\":\"x\"}', price",
        "'{\"id\":\"1\"}', id",
        "'{\"nonsense\":null}', nonsense"
    })
    void patchThatBreaksARuleAnswers400AndChangesNothing(String patch, String field) {
        String id = create(store);

        HttpResponse<String> answer = store.send("PATCH", "/api/v1/Books/" + id, patch);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(json(store.get("/api/v1/Books/" + id)).get("version").asLong())
                .isZero();
    }

    @Test
    void patchThatIsNoObjectAnswers400() {
        assertThat(store.send("PATCH", "/api/v1/Books/" + create(store), "[1]").statusCode())
                .isEqualTo(400);
    }

    private static long total() {
        return json(store.get("/api/v1/Books?pageSize=1")).get("totalCount").asLong();
    }
}
