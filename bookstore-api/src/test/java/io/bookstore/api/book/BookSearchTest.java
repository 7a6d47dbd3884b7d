package io.bookstore.api.book;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BookSearchTest {

    @ParameterizedTest
    @CsvSource({
        "Les Mise\u0301rables, Mis\u00e9",
        "Les Mis\u00e9rables, Mise\u0301",
        "M\u00fcnchen (1), MU\u0308NCHEN ("
    })
    void bothSpellingsOfACharacterAreFoundAndKept(String title, String query) {
        try (RunningStore store = RunningStore.start()) {
            store.post(
                    "/api/v1/Books",
                    "{\"title\":\"" + title + "\",\"author\":\"a\",\"isbn\":\"9780140186475\",\"price\":1}");

            JsonNode found =
                    json(store.get("/api/v1/Books/search?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)));

            assertThat(found.get("totalCount").asInt()).isEqualTo(1);
            assertThat(found.at("/books/0/title").asText()).isEqualTo(title);
        }
    }

    @Test
    void otherCharactersAreNotTheSame() {
        try (RunningStore store = RunningStore.start()) {
            store.post(
                    "/api/v1/Books", "{\"title\":\"resume\",\"author\":\"a\",\"isbn\":\"9780140186475\",\"price\":1}");

            assertThat(json(store.get("/api/v1/Books/search?query=r%C3%A9sum%C3%A9"))
                            .get("totalCount")
                            .asInt())
                    .isZero();
        }
    }
}
