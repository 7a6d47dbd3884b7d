package io.bookstore.api.demo;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.bookstore.api.RunningStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedControllerTest {

    @Test
    void secondCallAddsNothing() {
        try (RunningStore store = RunningStore.start()) {
            JsonNode first = json(store.post("/seed-data", ""));
            JsonNode second = json(store.post("/seed-data", ""));

            assertThat(first.get("booksAdded").asInt()).isGreaterThanOrEqualTo(60);
            assertThat(second.get("booksAdded").asInt()).isZero();
            assertThat(json(store.get("/api/v1/Books?pageSize=1")).get("totalCount"))
                    .isEqualTo(first.get("booksAdded"));
            assertThat(json(store.get("/api/v1/Authors?pageSize=1")).get("totalCount"))
                    .isEqualTo(first.get("authorsAdded"));
        }
    }

    @Test
    void oneMissingBookIsNoPlural() {
        try (RunningStore store = RunningStore.start()) {
            store.post("/seed-data", "");
            JsonNode book = json(store.get("/api/v1/Books?pageSize=1")).at("/books/0");
            assertThat(store.delete("/api/v1/Books/" + book.get("id").asText()).statusCode())
                    .isEqualTo(204);

            assertThat(json(store.post("/seed-data", "")).get("message").asText())
                    .isEqualTo("Added 1 book and 0 authors");
        }
    }

    @Test
    void everySampleKeepsTheRulesOfTheApi() {
        try (RunningStore store = RunningStore.start()) {
            store.post("/seed-data", "");

            for (JsonNode book : json(store.get("/api/v1/Books?pageSize=100")).get("books")) {
                String id = book.get("id").asText();
                ((ObjectNode) book).remove(List.of("id", "createdAt", "updatedAt", "version"));
                assertThat(store.put("/api/v1/Books/" + id, book.toString()).statusCode())
                        .as(book.toString())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void everyAuthorHasItsRequiredFieldsEvenOneOfAnEarlierVersion() {
        try (RunningStore store = RunningStore.start()) {
            store.post("/seed-data", "");
            // Earlier versions seeded authors without it.
            store.store()
                    .context()
                    .getBean(MongoClient.class)
                    .getDatabase("bookstore")
                    .getCollection("authors")
                    .updateOne(Filters.eq("name", "Jane Austen"), Updates.unset("website"));

            JsonNode authors = json(store.get("/api/v1/Authors?pageSize=100")).get("authors");

            assertThat(authors).hasSizeGreaterThan(20);
            for (JsonNode author : authors) {
                assertThat(author.fieldNames())
                        .toIterable()
                        .as(author.toString())
                        .contains("name", "bio", "nationality", "website");
            }
        }
    }

    @Test
    void sampleAuthorsAreStoredWhole() {
        try (RunningStore store = RunningStore.start()) {
            store.post("/seed-data", "");

            long withoutAWebsite = store.store()
                    .context()
                    .getBean(MongoClient.class)
                    .getDatabase("bookstore")
                    .getCollection("authors")
                    .countDocuments(Filters.exists("website", false));

            assertThat(withoutAWebsite).isZero();
        }
    }

    @Test
    void samplesSurviveARestartAndKeepTheirIds(@TempDir Path directory) {
        List<List<String>> ids = new ArrayList<>();

        for (int run = 0; run < 2; run++) {
            try (RunningStore store = RunningStore.start(Map.of("bookstore.data-dir", directory.toString()))) {
                if (run == 0) {
                    store.post("/seed-data", "");
                }
                ids.add(json(store.get("/api/v1/Books?pageSize=100")).findValuesAsText("id"));
            }
        }

        assertThat(ids.get(0)).hasSizeGreaterThanOrEqualTo(60);
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
    }
}
