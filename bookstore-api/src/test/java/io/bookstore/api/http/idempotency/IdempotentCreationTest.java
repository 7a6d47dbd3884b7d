package io.bookstore.api.http.idempotency;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A creation that is asked for again with the key of the first request. */
class IdempotentCreationTest {

    private static final String BOOK = """
        {"title":"Dubliners","author":"James Joyce","isbn":"978-0-14-018647-5","price":9.95}\
        """;

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
                    /api/v1/Books        | {"title":"t","author":"a","isbn":"9780140186475","price":1}
                    /api/v1/Books/bulk   | [{"title":"t","author":"a","isbn":"9780140186475","price":1},{"title":""}]
                    /api/v1/Authors      | {"name":"n"}
                    /api/v1/Authors/bulk | [{"name":"n"},{"name":"m"}]
                    """)
    void repetitionGetsTheSameAnswerAndCreatesNothing(String path, String body) {
        String key = key();
        HttpResponse<String> first = store.post(path, body, "Idempotency-Key", key);
        int total = total(path);

        HttpResponse<String> second = store.post(path, body, "Idempotency-Key", key);

        assertThat(first.statusCode()).isBetween(200, 201);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(second.statusCode()).isEqualTo(first.statusCode());
        assertThat(second.body()).isEqualTo(first.body());
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertThat(second.headers().firstValue(header))
                    .isEqualTo(first.headers().firstValue(header));
        }
        assertThat(second.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(total(path)).isEqualTo(total);
    }

    @Test
    void keyWithAnotherBodyAnswers422() {
        String key = key();
        store.post("/api/v1/Books", BOOK, "Idempotency-Key", key);
        int total = total("/api/v1/Books");

        HttpResponse<String> other = store.post("/api/v1/Books", BOOK.replace("9.95", "9"), "Idempotency-Key", key);

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).get("type").asText()).isEqualTo("urn:bookstore:problem:idempotency-key-reused");
        assertThat(total("/api/v1/Books")).isEqualTo(total);
    }

    @Test
    void keyHoldsForOneAddressAlone() {
        String key = key();
        store.post("/api/v1/Books", BOOK, "Idempotency-Key", key);

        assertThat(store.post("/api/v1/Authors", "{\"name\":\"n\"}", "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void slashAtTheEndOfAnAddressMakesNoOtherOne() {
        String key = key();
        String first = store.post("/api/v1/Books", BOOK, "Idempotency-Key", key).body();

        assertThat(store.post("/api/v1/Books/", BOOK, "Idempotency-Key", key).body())
                .isEqualTo(first);
    }

    @Test
    void quotesAroundAKeyMeanNothing() {
        String key = key();
        store.post("/api/v1/Books", BOOK, "Idempotency-Key", key);

        assertThat(store.post("/api/v1/Books", BOOK, "Idempotency-Key", '"' + key + '"')
                        .headers()
                        .firstValue("Idempotency-Replayed"))
                .hasValue("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"a", "a b", "a\"b"})
    void malformedKeyAnswers400(String key) {
        assertRefused(store.post("/api/v1/Books", BOOK, "Idempotency-Key", key));
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 7_000})
    void keyThatIsTooLongAnswers400(int length) {
        assertRefused(store.post("/api/v1/Books", BOOK, "Idempotency-Key", "k".repeat(length)));
    }

    @Test
    void refusedBodyLeavesTheKeyUnused() {
        String key = key();

        assertThat(store.post("/api/v1/Books", "{}", "Idempotency-Key", key).statusCode())
                .isEqualTo(400);
        assertThat(store.post("/api/v1/Books", BOOK, "Idempotency-Key", key).statusCode())
                .isEqualTo(201);
    }

    @Test
    void requestsAtTheSameTimeCreateOneBook() {
        int total = total("/api/v1/Books");
        String key = key();

        List<HttpResponse<String>> answers = IntStream.range(0, 16)
                .mapToObj(i -> store.client()
                        .sendAsync(
                                store.request("POST", "/api/v1/Books", BOOK, "Idempotency-Key", key),
                                HttpResponse.BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers).extracting(HttpResponse::statusCode).contains(201).isSubsetOf(201, 409);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:request-in-progress");
        });
        assertThat(total("/api/v1/Books")).isEqualTo(total + 1);
    }

    @Test
    void attemptWhoseProcessEndedIsMadeAgainAfterAWhile() {
        // What a process leaves that ends after the book and before the answer.
        String key = key();
        HttpResponse<String> first = store.post("/api/v1/Books", BOOK, "Idempotency-Key", key);
        Document record = keys().find(new Document(
                        "answer.location",
                        first.headers().firstValue("Location").orElseThrow()))
                .first();
        assertThat(record).isNotNull();
        record.remove("answer");
        record.append("takenUntil", Date.from(Instant.now().minusSeconds(1)));
        keys().replaceOne(new Document("_id", record.get("_id")), record);
        int total = total("/api/v1/Books");

        HttpResponse<String> again = store.post("/api/v1/Books", BOOK, "Idempotency-Key", key);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(total("/api/v1/Books")).isEqualTo(total);
    }

    @Test
    void mongoIsToldToForgetWhatHasExpired() {
        await().untilAsserted(() -> assertThat(keys().listIndexes())
                .anySatisfy(
                        index -> assertThat(index.get("key", Document.class)).containsKey("expiresAt")));
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static int total(String path) {
        return json(store.get(path.replace("/bulk", ""))).get("totalCount").asInt();
    }

    private static MongoCollection<Document> keys() {
        return store.store()
                .context()
                .getBean(MongoClient.class)
                .getDatabase("bookstore")
                .getCollection("idempotency_keys");
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("Idempotency-Key");
    }
}
