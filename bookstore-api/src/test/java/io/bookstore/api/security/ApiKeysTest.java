package io.bookstore.api.security;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RunningStore;
import io.bookstore.api.digest.Sha256;
import io.micronaut.security.annotation.Secured;
import io.micronaut.web.router.Router;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {

    private static final String READER = "reader-key-0123456789abcdef0123456789";
    private static final String LIBRARIAN = "librarian-key-0123456789abcdef012345";
    private static final String MANAGER = "manager-key-0123456789abcdef01234567";

    private static final String BOOK = "{\"title\":\"t\",\"author\":\"a\",\"isbn\":\"9780140186475\",\"price\":1}";

    @TempDir
    private static Path directory;

    private static RunningStore store;

    @BeforeAll
    static void start() throws Exception {
        Path file = Files.writeString(directory.resolve("manager"), MANAGER + "\n");
        store = RunningStore.start(Map.of(
                "bookstore.security.api-keys.shop.sha256", sha256(READER),
                "bookstore.security.api-keys.shop.role", "reader",
                "bookstore.security.api-keys.desk.sha256", sha256(LIBRARIAN),
                "bookstore.security.api-keys.desk.role", "librarian",
                "bookstore.security.api-keys.boss.file", file.toString(),
                "bookstore.security.api-keys.boss.role", "manager",
                "bookstore.error-test.enabled", "true"));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /api/v1/Books,                  reader",
        "GET,    /api/v1/Books/search?query=x,   reader",
        "GET,    /api/v1/Books/llm-providers,    reader",
        "GET,    /api/v1/Authors,                reader",
        "POST,   /api/v1/Books/0/generate-summary, reader",
        "GET,    /api/v1/Books/0/generate-summary/stream, reader",
        "POST,   /api/v1/Books,                  librarian",
        "POST,   /api/v1/Books/bulk,             librarian",
        "PUT,    /api/v1/Books/0,                librarian",
        "PATCH,  /api/v1/Books/0,                librarian",
        "DELETE, /api/v1/Books/0,                librarian",
        "POST,   /api/v1/Authors,                librarian",
        "POST,   /api/v1/Authors/bulk,           librarian",
        "PUT,    /api/v1/Authors/0,              librarian",
        "DELETE, /api/v1/Authors/0,              librarian",
        "POST,   /seed-data,                     manager",
        "GET,    /api/v1/ErrorTest/404,          manager"
    })
    void routeIsForItsRoleAndThoseAbove(String method, String path, String least) {
        List<String> roles = List.of("reader", "librarian", "manager");
        List<String> keys = List.of(READER, LIBRARIAN, MANAGER);

        assertThat(call(method, path).statusCode()).isEqualTo(401);
        for (int i = 0; i < roles.size(); i++) {
            int status = call(method, path, "X-API-Key", keys.get(i)).statusCode();
            if (i < roles.indexOf(least)) {
                assertThat(status).as(roles.get(i)).isEqualTo(403);
            } else {
                assertThat(status).as(roles.get(i)).isNotIn(401, 403).isLessThan(500);
            }
        }
    }

    @Test
    void unknownClientIsAProblemThatSaysHowToAsk() {
        HttpResponse<String> answer = store.get("/api/v1/Books");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"bookstore\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:unauthorized");
    }

    @Test
    void roleThatDoesNotReachIsAProblem() {
        HttpResponse<String> answer = store.post("/api/v1/Books", BOOK, "X-API-Key", READER);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:forbidden");
    }

    @Test
    void keyMayComeAsABearerToken() {
        assertThat(store.post("/api/v1/Books", BOOK, "Authorization", "Bearer " + LIBRARIAN)
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "reader-key-0123456789abcdef012345678", "reader-key-0123456789abcdef0123456789 "})
    void anotherKeyIsRefusedAndNotRepeated(String key) {
        HttpResponse<String> answer = store.get("/api/v1/Books", "Authorization", "Bearer " + key + "x");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain(key + "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/liveness", "/health/readiness", "/metrics"})
    void stateOfTheServiceIsForEverybodyAndHasNoKey(String path) {
        HttpResponse<String> answer = store.get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(MANAGER, READER, sha256(READER), "shop", "boss");
    }

    @Test
    void routeThatIsNotThereIsNotThereForAnybody() {
        assertThat(store.get("/nope").statusCode()).isEqualTo(404);
        assertThat(store.get("/nope", "X-API-Key", MANAGER).statusCode()).isEqualTo(404);
    }

    @Test
    void unsignedTokenIsNoKey() {
        // {"alg":"none"} . {"sub":"me","roles":["manager"],"exp":4102444800}
        String token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSIsInJvbGVzIjpbIm1hbmFnZXIiXSwiZXhwIjo0MTAyNDQ0ODAwfQ.";

        assertThat(store.get("/api/v1/Books", "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void idempotencyKeysOfTwoClientsAreTwo() {
        HttpResponse<String> desk = call("POST", "/api/v1/Books", "X-API-Key", LIBRARIAN, "Idempotency-Key", "one");
        HttpResponse<String> boss = call("POST", "/api/v1/Books", "X-API-Key", MANAGER, "Idempotency-Key", "one");

        assertThat(boss.statusCode()).isEqualTo(201);
        assertThat(boss.headers().firstValue("Location"))
                .isNotEqualTo(desk.headers().firstValue("Location"));
    }

    @Test
    void everyRouteSaysWhoMayCallIt() {
        assertThat(store.store().context().getBean(Router.class).uriRoutes())
                .isNotEmpty()
                .filteredOn(route -> !route.getAnnotationMetadata().hasAnnotation(Secured.class))
                .isEmpty();
    }

    private static HttpResponse<String> call(String method, String path, String... headers) {
        boolean hasBody = !method.equals("GET") && !method.equals("DELETE") && !path.contains("/0/");
        return store.send(method, path, hasBody ? BOOK : "", headers);
    }

    static String sha256(String key) {
        return Sha256.hex(key.getBytes(StandardCharsets.UTF_8));
    }
}
