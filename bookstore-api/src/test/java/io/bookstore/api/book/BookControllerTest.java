package io.bookstore.api.book;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoClient;
import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BookControllerTest {

    private static final String DUBLINERS = """
            {"title":"Dubliners","author":"James Joyce","isbn":"978-0-14-018647-5","price":9.95,"genre":"Short Stories",
             "description":"Fifteen stories of one city.","publishedDate":"1914-06-15T00:00:00Z","stockQuantity":7}""";

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
        String id = create();

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
    void idAndVersionOfTheClientAreRefused() {
        HttpResponse<String> answer =
                store.post("/api/v1/Books", "{\"id\":\"0123456789abcdef01234567\"," + DUBLINERS.substring(1));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("id");
    }

    @Test
    void replacedBookKeepsItsCreationTimeAndRaisesItsVersion() {
        String id = create();
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
        String id = create();
        store.put("/api/v1/Books/" + id, DUBLINERS);

        HttpResponse<String> stale =
                store.put("/api/v1/Books/" + id, DUBLINERS.replace("Dubliners", "Lost update"), "If-Match", "\"0\"");

        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(json(stale).get("type").asText()).isEqualTo("urn:bookstore:problem:precondition-failed");
        assertThat(json(store.get("/api/v1/Books/" + id)).get("title").asText()).isEqualTo("Dubliners");
    }

    @Test
    void changesAtTheSameTimeAllLand() {
        String path = "/api/v1/Books/" + create();

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
        String id = create();

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
    void patchChangesWhatItNamesAndNothingElse() {
        String id = create();

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

    @ParameterizedTest
    @CsvSource({
        "'{\"title\":null}', title",
        "'{\"price\":-1}', price",
        "'{\"price\":\"x\"}', price",
        "'{\"id\":\"1\"}', id",
        "'{\"nonsense\":null}', nonsense"
    })
    void patchThatBreaksARuleAnswers400AndChangesNothing(String patch, String field) {
        String id = create();

        HttpResponse<String> answer = store.send("PATCH", "/api/v1/Books/" + id, patch);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(json(store.get("/api/v1/Books/" + id)).get("version").asLong())
                .isZero();
    }

    @Test
    void patchThatIsNoObjectAnswers400() {
        assertThat(store.send("PATCH", "/api/v1/Books/" + create(), "[1]").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"ORWELL, 2", "burglar, 1", "'Catch-22', 1", "'.*', 0", "'(a+)+$', 0", "'$ne', 0", "'\\', 0", "'?', 1"})
    void searchTakesEveryCharacterLiterally(String query, int found) {
        String encoded = java.net.URLEncoder.encode(query, java.nio.charset.StandardCharsets.UTF_8);

        JsonNode answer = json(store.get("/api/v1/Books/search?query=" + encoded));

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

    private static String create() {
        return json(store.post("/api/v1/Books", DUBLINERS)).get("id").asText();
    }

    private static long total() {
        return json(store.get("/api/v1/Books?pageSize=1")).get("totalCount").asLong();
    }

    /** The book with one field replaced by a raw JSON value. */
    private static String with(String field, String rawValue) {
        return DUBLINERS.replaceAll(
                "\"" + field + "\":(\"[^\"]*\"|[0-9.]+)",
                java.util.regex.Matcher.quoteReplacement("\"" + field + "\":" + rawValue));
    }
}
