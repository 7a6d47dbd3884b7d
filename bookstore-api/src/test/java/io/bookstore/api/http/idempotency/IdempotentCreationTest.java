package io.bookstore.api.http.idempotency;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.MongoSocketReadException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.bookstore.api.RunningStore;
import io.bookstore.api.http.problem.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

class IdempotentCreationTest {

    private static final String BOOK = """
            {"title":"Dubliners","author":"James Joyce","isbn":"978-0-14-018647-5","price":9.95}""";

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
        java.net.http.HttpResponse<String> first = store.post(path, body, "Idempotency-Key", key);
        int total = total(path);

        java.net.http.HttpResponse<String> second = store.post(path, body, "Idempotency-Key", key);

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

        java.net.http.HttpResponse<String> other =
                store.post("/api/v1/Books", BOOK.replace("9.95", "9"), "Idempotency-Key", key);

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

        List<java.net.http.HttpResponse<String>> answers = IntStream.range(0, 16)
                .mapToObj(i -> store.client()
                        .sendAsync(
                                store.request("POST", "/api/v1/Books", BOOK, "Idempotency-Key", key),
                                java.net.http.HttpResponse.BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers)
                .extracting(java.net.http.HttpResponse::statusCode)
                .contains(201)
                .isSubsetOf(201, 409);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).allSatisfy(answer -> {
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:request-in-progress");
        });
        assertThat(total("/api/v1/Books")).isEqualTo(total + 1);
    }

    @Test
    void requestWhoseFirstIsUnderWayAnswers409() throws Exception {
        MovableClock clock = new MovableClock();
        IdempotentCreation creation = creation(clock);
        HttpRequest<?> request = request(key());
        List<String> codes = new ArrayList<>();

        creation.once(request, body(), 1, ids -> {
            codes.add(refusal(creation, request));
            return HttpResponse.ok("first");
        });

        assertThat(codes).containsExactly("The first request with that Idempotency-Key is still under way");
    }

    @Test
    void attemptThatFailedIsMadeAgainUnderTheSameIds() throws Exception {
        IdempotentCreation creation = creation(new MovableClock());
        HttpRequest<?> request = request(key());
        List<List<String>> attempts = new ArrayList<>();

        assertThatThrownBy(() -> creation.once(request, body(), 2, ids -> {
                    attempts.add(ids);
                    throw new MongoSocketReadException("lost", new ServerAddress());
                }))
                .isInstanceOf(MongoSocketReadException.class);
        creation.once(request, body(), 2, ids -> {
            attempts.add(ids);
            return HttpResponse.ok("second");
        });

        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(1)).isEqualTo(attempts.get(0)).hasSize(2);
    }

    @Test
    void attemptWhoseProcessEndedIsMadeAgainAfterAWhile() {
        // What a process leaves that ends after the book and before the answer.
        String key = key();
        java.net.http.HttpResponse<String> first = store.post("/api/v1/Books", BOOK, "Idempotency-Key", key);
        Document record = keys().find(new Document(
                        "answer.location",
                        first.headers().firstValue("Location").orElseThrow()))
                .first();
        assertThat(record).isNotNull();
        record.remove("answer");
        record.append("takenUntil", java.util.Date.from(Instant.now().minusSeconds(1)));
        keys().replaceOne(new Document("_id", record.get("_id")), record);
        int total = total("/api/v1/Books");

        java.net.http.HttpResponse<String> again = store.post("/api/v1/Books", BOOK, "Idempotency-Key", key);

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(total("/api/v1/Books")).isEqualTo(total);
    }

    @Test
    void attemptThatWasGivenUpIsTakenOverOnce() throws Exception {
        MovableClock clock = new MovableClock();
        IdempotentCreation creation = creation(clock);
        HttpRequest<?> request = request(key());
        List<String> refusals = new ArrayList<>();

        creation.once(request, body(), 1, abandoned -> {
            clock.now = clock.now.plus(IdempotencyRecords.LONGEST_ATTEMPT);
            try {
                creation.once(request, body(), 1, ids -> {
                    refusals.add(refusal(creation, request));
                    return HttpResponse.ok("taken over under " + ids.equals(abandoned));
                });
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return HttpResponse.ok("too late");
        });

        assertThat(refusals).hasSize(1);
    }

    @Test
    void keyIsForgottenAfterItsTime() throws Exception {
        MovableClock clock = new MovableClock();
        IdempotentCreation creation = creation(clock);
        HttpRequest<?> request = request(key());
        creation.once(request, body(), 1, ids -> HttpResponse.ok("first"));

        clock.now = clock.now.plus(Duration.ofHours(24));
        HttpResponse<?> later = creation.once(request, body(), 1, ids -> HttpResponse.ok("second"));

        assertThat(later.getHeaders().contains("Idempotency-Replayed")).isFalse();
    }

    @Test
    void mongoIsToldToForgetWhatHasExpired() {
        await().untilAsserted(() -> assertThat(keys().listIndexes())
                .anySatisfy(
                        index -> assertThat(index.get("key", Document.class)).containsKey("expiresAt")));
    }

    private static String refusal(IdempotentCreation creation, HttpRequest<?> request) {
        try {
            creation.once(request, body(), 1, ids -> HttpResponse.ok("twice"));
            return "none";
        } catch (ProblemException e) {
            return String.valueOf(e.getMessage());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static IdempotentCreation creation(Clock clock) {
        return new IdempotentCreation(
                store.store().context().getBean(IdempotencyRecords.class), new ObjectMapper(), clock);
    }

    private static HttpRequest<?> request(String key) {
        return HttpRequest.POST("/any", "").header("Idempotency-Key", key);
    }

    private static byte[] body() {
        return BOOK.getBytes(StandardCharsets.UTF_8);
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

    private static void assertRefused(java.net.http.HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("Idempotency-Key");
    }

    private static final class MovableClock extends Clock {

        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
