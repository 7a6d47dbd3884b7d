package io.bookstore.api.book;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

/** The contract of stored books on every MongoDB: the embedded one and a real one. */
interface BookStorageContract {

    /** The service on the MongoDB under test. */
    RunningStore store();

    @Test
    default void bookComesBackAsItWasStored() {
        JsonNode created = create("Caf\u00e9 \ud83d\ude80", "Contract", "9.95");

        JsonNode read = json(store().get("/api/v1/Books/" + created.get("id").asText()));

        assertThat(read).isEqualTo(created);
    }

    @Test
    default void priceIsADecimal() {
        create("Priced", "Contract", "0.10");

        Document stored = collection().find(new Document("title", "Priced")).first();

        assertThat(stored).isNotNull();
        assertThat(stored.get("price", Decimal128.class).bigDecimalValue()).isEqualByComparingTo("0.10");
    }

    @Test
    default void pagesAreInOrderOfCreationAndWithoutGapsOrRepeats() {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            created.add(create("Paged " + i, "Paging", "1").get("id").asText());
        }

        List<String> read = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            JsonNode answer = json(store().get("/api/v1/Books?genre=Paging&pageSize=10&page=" + page));
            assertThat(answer.get("totalCount").asInt()).isEqualTo(25);
            assertThat(answer.get("totalPages").asInt()).isEqualTo(3);
            answer.get("books").forEach(book -> read.add(book.get("id").asText()));
        }

        assertThat(read).containsExactlyInAnyOrderElementsOf(created).isSorted();
    }

    @Test
    default void searchTakesEveryCharacterForItselfAndNoCaseForAnother() {
        create("A+B (special) [x]", "Contract", "1");

        assertThat(found("a%2Bb%20(SPECIAL)")).isEqualTo(1);
        assertThat(found("a.b")).isZero();
    }

    @Test
    default void ofManyWritersWithOneVersionOneWins() {
        String path = "/api/v1/Books/"
                + create("Contended", "Contract", "1").get("id").asText();

        List<CompletableFuture<HttpResponse<String>>> writers = IntStream.range(0, 16)
                .mapToObj(i -> store().client()
                        .sendAsync(
                                store().request(
                                                "PUT",
                                                path,
                                                draft("Writer " + i, "Contract", "1"),
                                                "If-Match",
                                                "\"0\""),
                                HttpResponse.BodyHandlers.ofString()))
                .toList();

        assertThat(writers.stream().map(writer -> writer.join().statusCode()))
                .containsOnlyOnce(200)
                .containsOnly(200, 412);
        assertThat(json(store().get(path)).get("version").asInt()).isEqualTo(1);
    }

    @Test
    default void deletedBookIsGone() {
        String path =
                "/api/v1/Books/" + create("Gone", "Contract", "1").get("id").asText();

        assertThat(store().delete(path).statusCode()).isEqualTo(204);

        assertThat(store().get(path).statusCode()).isEqualTo(404);
    }

    @Test
    default void indexesOfTheListsAreThere() {
        await().untilAsserted(() -> assertThat(collection().listIndexes())
                .extracting(index -> index.get("key", Document.class).keySet().toString())
                .contains("[genre, _id]", "[author, _id]"));
    }

    private JsonNode create(String title, String genre, String price) {
        HttpResponse<String> created = store().post("/api/v1/Books", draft(title, genre, price));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return json(created);
    }

    private static String draft(String title, String genre, String price) {
        return "{\"title\":\"" + title + "\",\"author\":\"Somebody\",\"isbn\":\"9780140186475\",\"genre\":\"" + genre
                + "\",\"price\":" + price + "}";
    }

    private int found(String query) {
        return json(store().get("/api/v1/Books/search?query=" + query))
                .get("totalCount")
                .asInt();
    }

    private MongoCollection<Document> collection() {
        return store().store()
                .context()
                .getBean(MongoClient.class)
                .getDatabase("bookstore")
                .getCollection("books");
    }
}
