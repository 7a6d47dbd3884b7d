package io.bookstore.api.book;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.book.Dubliners.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of books: pages, filters, and searches for a text. */
class BookListTest {

    private static RunningStore store;

    @BeforeAll
    static void startWithSamples() {
        store = RunningStore.start();
        store.post("/seed-data", "");
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        JsonNode first = json(store.get("/api/v1/Books?genre=Fantasy&page=1&pageSize=3"));
        JsonNode second = json(store.get("/api/v1/Books?genre=Fantasy&page=2&pageSize=3"));

        assertThat(first.get("totalCount").asInt()).isEqualTo(6);
        assertThat(first.get("totalPages").asInt()).isEqualTo(2);
        assertThat(first.get("page").asInt()).isEqualTo(1);
        assertThat(first.get("pageSize").asInt()).isEqualTo(3);
        assertThat(first.findValuesAsText("isbn"))
                .hasSize(3)
                .doesNotContainAnyElementsOf(second.findValuesAsText("isbn"));
        assertThat(second.findValuesAsText("isbn")).hasSize(3);
    }

    @Test
    void filtersMatchExactlyAndTogether() {
        JsonNode answer = json(store.get("/api/v1/Books?genre=Classic&author=Jane%20Austen"));

        assertThat(answer.findValuesAsText("title"))
                .containsExactlyInAnyOrder("Pride and Prejudice", "Emma", "Sense and Sensibility");
        assertThat(json(store.get("/api/v1/Books?author=jane%20austen"))
                        .get("totalCount")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "page=0, page",
        "page=-1, page",
        "page=2147483647, page",
        "page=abc, page",
        "page=99999999999, page",
        "pageSize=0, pageSize",
        "pageSize=-1, pageSize",
        "pageSize=101, pageSize",
        "pageSize=2147483647, pageSize"
    })
    void pageOutOfRangeAnswers400AndNamesTheParameter(String query, String parameter) {
        HttpResponse<String> answer = store.get("/api/v1/Books?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource({"ORWELL, 2", "burglar, 1", "'Catch-22', 1", "'.*', 0", "'(a+)+$', 0", "'$ne', 0", "'\\', 0", "'?', 1"})
    void searchTakesEveryCharacterLiterally(String query, int found) {
        JsonNode answer = search(query);

        assertThat(answer.get("totalCount").asInt()).isEqualTo(found);
    }

    @Test
    void searchIsPaged() {
        JsonNode answer = json(store.get("/api/v1/Books/search?query=the&page=2&pageSize=5"));

        assertThat(answer.get("books")).hasSize(5);
        assertThat(answer.get("totalCount").asInt()).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/Books/search", "/api/v1/Books/search?query=", "/api/v1/Books/search?query=%20"})
    void searchWithoutATextAnswers400(String path) {
        HttpResponse<String> answer = store.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("query");
    }

    @ParameterizedTest
    @CsvSource({
        "Les Mise\u0301rables, Mis\u00e9",
        "Les Mis\u00e9rables, Mise\u0301",
        "M\u00fcnchen (1), MU\u0308NCHEN ("
    })
    void bothSpellingsOfACharacterAreFoundAndKept(String title, String query) {
        String added = add(title);

        JsonNode found = search(query);

        assertThat(found.get("totalCount").asInt()).isEqualTo(1);
        assertThat(found.at("/books/0/title").asText()).isEqualTo(title);
        assertThat(store.delete(added).statusCode()).isEqualTo(204);
    }

    @Test
    void otherCharactersAreNotTheSame() {
        add("resume");

        assertThat(search("r\u00e9sum\u00e9").get("totalCount").asInt()).isZero();
    }

    private static String add(String title) {
        HttpResponse<String> added = store.post("/api/v1/Books", with("title", '"' + title + '"'));
        return added.headers().firstValue("Location").orElseThrow();
    }

    private static JsonNode search(String query) {
        return json(store.get("/api/v1/Books/search?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)));
    }
}
