package io.bookstore.api.author;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuthorControllerTest {

    private static final String WOOLF =
            "{\"name\":\"Virginia Woolf\",\"birthDate\":\"1882-01-25T00:00:00Z\",\"website\":\"https://example.org/vw\"}";

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
    void authorCanBeCreatedReadReplacedAndDeleted() {
        HttpResponse<String> created = store.post("/api/v1/Authors", WOOLF);
        String location = created.headers().firstValue("Location").orElseThrow();

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(json(store.get(location)).get("name").asText()).isEqualTo("Virginia Woolf");
        assertThat(store.put(location, WOOLF.replace("Virginia", "V.")).statusCode())
                .isEqualTo(200);
        assertThat(json(store.get(location)).get("name").asText()).isEqualTo("V. Woolf");
        assertThat(store.delete(location, "If-Match", "\"0\"").statusCode()).isEqualTo(412);
        assertThat(store.delete(location, "If-Match", "\"1\"").statusCode()).isEqualTo(204);
        assertThat(store.get(location).statusCode()).isEqualTo(404);
    }

    @Test
    void authorWithoutANameAnswers400() {
        HttpResponse<String> answer = store.post("/api/v1/Authors", "{\"bio\":\"x\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("name");
    }

    @Test
    void websiteMustBeAWebAddress() {
        HttpResponse<String> answer =
                store.post("/api/v1/Authors", WOOLF.replace("https://example.org/vw", "javascript:alert(1)"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("website");
    }

    @Test
    void bulkTellsWhatBecameOfEach() {
        HttpResponse<String> answer = store.post("/api/v1/Authors/bulk", "[" + WOOLF + ",{}]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("created").asInt()).isEqualTo(1);
        assertThat(json(answer).at("/results/1/errors/0/field").asText()).isEqualTo("name");
    }

    @Test
    void dateThatCannotBeKeptAnswers400() {
        HttpResponse<String> answer =
                store.post("/api/v1/Authors", WOOLF.replace("1882-01-25T00:00:00Z", "+1000000000-12-31T23:59:59Z"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("birthDate");
    }

    @Test
    void oneVersionIsOneBody() {
        String path = create();

        HttpResponse<String> replaced = store.put(path, WOOLF);

        assertThat(replaced.body()).isEqualTo(store.get(path).body());
    }

    @Test
    void changesAtTheSameTimeAllLand() {
        String path = create();

        List<HttpResponse<String>> answers = atOnce(32, () -> store.request("PUT", path, WOOLF));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(json(store.get(path)).get("version").asLong()).isEqualTo(32);
    }

    @Test
    void ofChangesAtTheSameTimeThatNameTheirVersionOneLands() {
        String path = create();

        List<HttpResponse<String>> answers = atOnce(32, () -> store.request("PUT", path, WOOLF, "If-Match", "\"0\""));

        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsOnlyOnce(200)
                .containsOnly(200, 412);
        assertThat(json(store.get(path)).get("version").asLong()).isEqualTo(1);
    }

    @Test
    void deletionAmongChangesLandsOnce() {
        String path = create();
        AtomicInteger turn = new AtomicInteger();

        List<HttpResponse<String>> answers = atOnce(
                32,
                () -> turn.incrementAndGet() % 4 == 0
                        ? store.request("DELETE", path, "")
                        : store.request("PUT", path, WOOLF));

        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .containsOnlyOnce(204)
                .isSubsetOf(200, 204, 404);
        assertThat(store.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void malformedIdAnswers404() {
        assertThat(store.get("/api/v1/Authors/xyz").statusCode()).isEqualTo(404);
    }

    private static String create() {
        return store.post("/api/v1/Authors", WOOLF)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private static List<HttpResponse<String>> atOnce(int times, Supplier<HttpRequest> request) {
        List<CompletableFuture<HttpResponse<String>>> sent = Stream.generate(request)
                .limit(times)
                .map(each -> store.client().sendAsync(each, HttpResponse.BodyHandlers.ofString()))
                .toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }
}
