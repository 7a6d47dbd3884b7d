package io.bookstore.api.book;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.book.Dubliners.DUBLINERS;
import static io.bookstore.api.book.Dubliners.create;
import static io.bookstore.api.book.Dubliners.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import io.bookstore.api.RunningStore;
import io.bookstore.api.SharedStore;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A book from its creation to its end, and several in one request. */
@ExtendWith(SharedStore.class)
class BookControllerTest {

    private static RunningStore store;

    @BeforeAll
    static void share(RunningStore shared) {
        store = shared;
    }

    @Test
    void createdBookHasALocationWhereItCanBeRead() {
        HttpResponse<String> created = store.post("/api/v1/Books", DUBLINERS);

        assertThat(created.statusCode()).isEqualTo(201);
        String location = created.headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith("/api/v1/Books/");
        JsonNode book = json(store.get(location));
        assertThat(book.get("id").asText()).hasSize(24);
        assertThat(book.get("title").asText()).isEqualTo("Dubliners");
        assertThat(book.get("isbn").asText()).isEqualTo("9780140186475");
        assertThat(book.get("price").decimalValue()).isEqualByComparingTo("9.95");
        assertThat(book.get("publishedDate").asText()).isEqualTo("1914-06-15T00:00:00Z");
        assertThat(book.get("createdAt").asText()).isNotEmpty();
    }

    @Test
    void priceIsStoredAsADecimal() {
        String id = create(store);

        Document stored = store.store()
                .context()
                .getBean(MongoClient.class)
                .getDatabase("bookstore")
                .getCollection("books")
                .find(new Document("_id", new ObjectId(id)))
                .first();

        assertThat(stored).isNotNull();
        assertThat(stored.get("price")).isEqualTo(Decimal128.parse("9.95"));
    }

    @Test
    void replacedBookKeepsItsCreationTimeAndRaisesItsVersion() {
        String id = create(store);
        JsonNode before = json(store.get("/api/v1/Books/" + id));

        HttpResponse<String> replaced =
                store.put("/api/v1/Books/" + id, DUBLINERS.replace("Fifteen stories", "15 stories"));

        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(replaced.headers().firstValue("ETag")).hasValue("\"1\"");
        JsonNode after = json(store.get("/api/v1/Books/" + id));
        assertThat(after.get("description").asText()).isEqualTo("15 stories of one city.");
        assertThat(after.get("createdAt")).isEqualTo(before.get("createdAt"));
        assertThat(after.get("version").asLong()).isEqualTo(1);
    }

    @Test
    void staleEntityTagAnswers412AndChangesNothing() {
        String id = create(store);
        store.put("/api/v1/Books/" + id, DUBLINERS);

        HttpResponse<String> stale =
                store.put("/api/v1/Books/" + id, DUBLINERS.replace("Dubliners", "Lost update"), "If-Match", "\"0\"");

        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(json(stale).get("type").asText()).isEqualTo("urn:bookstore:problem:precondition-failed");
        assertThat(json(store.get("/api/v1/Books/" + id)).get("title").asText()).isEqualTo("Dubliners");
    }

    @Test
    void changesAtTheSameTimeAllLand() {
        String path = "/api/v1/Books/" + create(store);

        List<HttpResponse<String>> answers = IntStream.range(0, 32)
                .mapToObj(stock -> store.client()
                        .sendAsync(
                                store.request(
                                        "PATCH",
                                        path,
                                        "{\"stockQuantity\":" + stock + "}",
                                        "Content-Type",
                                        "application/merge-patch+json"),
                                HttpResponse.BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(json(store.get(path)).get("version").asLong()).isEqualTo(32);
    }

    @Test
    void oneVersionIsOneBody() {
        HttpResponse<String> created =
                store.post("/api/v1/Books", with("publishedDate", "\"1914-06-15T00:00:00.123456789Z\""));
        String path = created.headers().firstValue("Location").orElseThrow();

        assertThat(created.body())
                .isEqualTo(store.get(path).body())
                .contains("\"publishedDate\":\"1914-06-15T00:00:00.123Z\"");
        HttpResponse<String> replaced = store.put(path, DUBLINERS);
        assertThat(replaced.body()).isEqualTo(store.get(path).body());
    }

    @Test
    void deletedBookIsGone() {
        String id = create(store);

        assertThat(store.delete("/api/v1/Books/" + id).statusCode()).isEqualTo(204);

        assertThat(store.get("/api/v1/Books/" + id).statusCode()).isEqualTo(404);
        assertThat(store.delete("/api/v1/Books/" + id).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"000000000000000000000000", "xyz", "%2e%2e%2f", "0123456789abcdef0123456Z"})
    void idThatNoBookHasAnswers404(String id) {
        HttpResponse<String> answer = store.get("/api/v1/Books/" + id);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:not-found");
    }

    @Test
    void patchChangesWhatItNamesAndNothingElse() {
        String id = create(store);

        HttpResponse<String> patched = store.send(
                "PATCH",
                "/api/v1/Books/" + id,
                "{\"price\":1.25,\"genre\":null}",
                "Content-Type",
                "application/merge-patch+json");

        assertThat(patched.statusCode()).isEqualTo(200);
        JsonNode book = json(patched);
        assertThat(book.get("price").decimalValue()).isEqualByComparingTo("1.25");
        assertThat(book.get("genre").asText()).isEmpty();
        assertThat(book.get("title").asText()).isEqualTo("Dubliners");
        assertThat(book.get("version").asLong()).isEqualTo(1);
    }

    @Test
    void bulkStoresTheGoodOnesAndTellsWhatIsWrongWithTheOthers() {
        HttpResponse<String> answer = store.post(
                "/api/v1/Books/bulk",
                "[" + DUBLINERS + "," + with("isbn", "\"1\"") + "," + with("price", "{}") + ",7," + DUBLINERS + "]");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode result = json(answer);
        assertThat(result.get("created").asInt()).isEqualTo(2);
        assertThat(result.get("rejected").asInt()).isEqualTo(3);
        assertThat(result.get("results").findValuesAsText("status")).containsExactly("201", "400", "400", "400", "201");
        assertThat(result.at("/results/1/errors/0/field").asText()).isEqualTo("isbn");
        String id = result.at("/results/4/created/id").asText();
        assertThat(store.get("/api/v1/Books/" + id).statusCode()).isEqualTo(200);
    }

    @Test
    void bulkHasALimit() {
        String tooMany = "[" + "{},".repeat(1_000) + "{}]";

        assertThat(store.post("/api/v1/Books/bulk", tooMany).statusCode()).isEqualTo(413);
        assertThat(store.post("/api/v1/Books/bulk", "[]").statusCode()).isEqualTo(400);
        assertThat(store.post("/api/v1/Books/bulk", "{}").statusCode()).isEqualTo(400);
    }
}
