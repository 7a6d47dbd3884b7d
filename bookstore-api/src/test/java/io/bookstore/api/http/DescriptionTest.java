package io.bookstore.api.http;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bookstore.api.RunningStore;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The description says what the running service does. */
class DescriptionTest {

    private static final String BOOK = "{\"title\":\"t\",\"author\":\"a\",\"isbn\":\"978-0-14-018647-5\",\"price\":1}";
    private static final String AUTHOR = "{\"name\":\"n\"}";

    private static RunningStore store;
    private static Description description;

    @BeforeAll
    static void start() {
        store = RunningStore.start(Map.of("bookstore.error-test.enabled", "true"));
        description = Description.of(store);
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() {
        Set<String> served = store.store()
                .context()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
                .map(route -> route.getHttpMethod() + " "
                        + route.getUriMatchTemplate().toPathString())
                .filter(route -> !Set.of("GET /", "GET /swagger").contains(route))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(description.operations().keySet()).hasSameElementsAs(served).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET /api/v1/Books                           | /api/v1/Books?page=0              |         | 400
                    GET /api/v1/Books                           | /api/v1/Books?genre=%00           |         | 400
                    GET /api/v1/Books                           | /api/v1/Books                     |         | 200
                    GET /api/v1/Books/search                    | /api/v1/Books/search?query=       |         | 400
                    GET /api/v1/Books/{bookId}                  | /api/v1/Books/none                |         | 404
                    GET /api/v1/Books/{bookId}                  | /api/v1/Books/ID                  |         | 200
                    PUT /api/v1/Books/{bookId}                  | /api/v1/Books/ID                  | {}      | 400
                    PATCH /api/v1/Books/{bookId}                | /api/v1/Books/ID                  | []      | 400
                    PATCH /api/v1/Books/{bookId}                | /api/v1/Books/ID                  | {}      | 200
                    DELETE /api/v1/Books/{bookId}               | /api/v1/Books/none                |         | 404
                    POST /api/v1/Books                          | /api/v1/Books                     | nothing | 400
                    POST /api/v1/Books/bulk                     | /api/v1/Books/bulk                | [{}]    | 200
                    POST /api/v1/Books/bulk                     | /api/v1/Books/bulk                | {}      | 400
                    POST /api/v1/Books/{bookId}/generate-summary | /api/v1/Books/none/generate-summary |      | 404
                    POST /api/v1/Books/{bookId}/generate-summary | /api/v1/Books/ID/generate-summary |        | 200
                    GET /api/v1/Books/{bookId}/generate-summary/stream | /api/v1/Books/none/generate-summary/stream | | 404
                    GET /api/v1/Books/llm-providers             | /api/v1/Books/llm-providers       |         | 200
                    GET /api/v1/Authors/{authorId}              | /api/v1/Authors/none              |         | 404
                    POST /api/v1/Authors                        | /api/v1/Authors                   | {}      | 400
                    GET /api/v1/ErrorTest/{code}                | /api/v1/ErrorTest/418             |         | 404
                    GET /health/readiness                       | /health/readiness                 |         | 200
                    GET /metrics                                | /metrics                          |         | 200
                    """)
    void answerIsOneThatIsDescribed(String operation, String path, String body, int status) {
        store.post("/seed-data", "");
        String id =
                json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText();

        HttpResponse<String> answer = store.send(
                operation.substring(0, operation.indexOf(' ')), path.replace("ID", id), body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode described = description.operation(operation).path("responses").path(String.valueOf(status));
        assertThat(described.isMissingNode()).isFalse();
        String mediaType =
                answer.headers().firstValue("Content-Type").orElseThrow().replaceAll(";.*", "");
        JsonNode schema = described.path("content").path(mediaType).path("schema");
        assertThat(schema.isMissingNode()).as(mediaType).isFalse();
        if (mediaType.endsWith("json")) {
            new DescribedShape(description.root()).assertHolds("answer", json(answer), schema);
        }
    }

    @ParameterizedTest
    @EnumSource
    void generatedClientReachesEveryOperation(GeneratedClient.Generator generator) {
        store.post("/seed-data", "");
        GeneratedClient client = new GeneratedClient(store, description.root(), generator);

        description.operations().forEach((name, operation) -> {
            Map<String, String> values = Map.of(
                    "bookId",
                    idOfNew("/api/v1/Books", BOOK),
                    "authorId",
                    idOfNew("/api/v1/Authors", AUTHOR),
                    "code",
                    "503",
                    "query",
                    "a");
            if (name.endsWith("/abort")) {
                assertThatThrownBy(() -> client.call(name, operation, values, null))
                        .isInstanceOf(UncheckedIOException.class);
                return;
            }

            HttpResponse<String> answer = client.call(name, operation, values, bodyOf(name));

            String expected = name.endsWith("/{code}")
                    ? "503"
                    : operation.path("responses").fieldNames().next();
            assertThat(String.valueOf(answer.statusCode())).as(name).isEqualTo(expected);
        });
    }

    @Test
    void missingBookIsAProblemToAClientThatTakesNothingElse() {
        HttpResponse<String> answer =
                store.delete("/api/v1/Books/0123456789abcdef01234567", "Accept", "application/problem+json");

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "image/png", "text/html;q=0.5, application/problem+json;q=0.1"})
    void answerWithoutABodyIsAcceptableToEveryClient(String accept) {
        String book = idOfNew("/api/v1/Books", BOOK);

        assertThat(store.delete("/api/v1/Books/" + book, "Accept", accept).statusCode())
                .isEqualTo(204);
    }

    @Test
    void otherMediaTypeIsStillNotAcceptable() {
        assertThat(store.get("/api/v1/Books", "Accept", "application/xml").statusCode())
                .isEqualTo(406);
        HttpResponse<String> books = store.get("/api/v1/Books", "Accept", "application/problem+json");
        assertThat(books.statusCode()).isEqualTo(200);
        assertThat(books.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /api/v1/Books   | {"title":"t","author":"a","isbn":"978-0-14-018647-5","price":1}          | 201
                    /api/v1/Books   | {"title":"t","author":"a","isbn":"978-0-14-018647-5","price":1,"x":1}    | 400
                    /api/v1/Books   | {"title":"t","author":"a","isbn":"978-0-14-018647","price":1}            | 400
                    /api/v1/Books   | {"title":"t","author":"a","isbn":"9770140186475","price":1}              | 400
                    /api/v1/Authors | {"name":"n"}                                                             | 201
                    /api/v1/Authors | {"name":"n","biography":"b"}                                             | 400
                    """)
    void bodyIsTakenIfItIsAsDescribed(String path, String body, int status) throws Exception {
        JsonNode schema = description.operation("POST " + path).at("/requestBody/content/application~1json/schema");

        assertThat(store.post(path, body).statusCode()).isEqualTo(status);
        assertThat(new DescribedShape(description.root())
                        .errors(new ObjectMapper().readTree(body), schema)
                        .isEmpty())
                .isEqualTo(status == 201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    PUT /api/v1/Books/{bookId} | If-Match        | "0"            | 200
                    PUT /api/v1/Books/{bookId} | If-Match        | *              | 200
                    PUT /api/v1/Books/{bookId} | If-Match        | W/"1", "0"     | 200
                    PUT /api/v1/Books/{bookId} | If-Match        | 0              | 400
                    PUT /api/v1/Books/{bookId} | If-Match        | "0" "1"        | 400
                    POST /api/v1/Books         | Idempotency-Key | one-of-this    | 201
                    POST /api/v1/Books         | Idempotency-Key | "one and more" | 201
                    POST /api/v1/Books         | Idempotency-Key | one and more   | 400
                    POST /api/v1/Books         | Idempotency-Key | a"b            | 400
                    """)
    void headerIsTakenIfItIsAsDescribed(String name, String header, String value, int status) {
        JsonNode operation = description.operation(name);
        String path = name.substring(name.indexOf(' ') + 1).replace("{bookId}", idOfNew("/api/v1/Books", BOOK));

        HttpResponse<String> answer = store.send(name.substring(0, name.indexOf(' ')), path, BOOK, header, value);

        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode schema = operation
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asText().equals(header))
                .map(parameter -> parameter.path("schema"))
                .findFirst()
                .orElseThrow();
        assertThat(new DescribedShape(description.root())
                        .errors(TextNode.valueOf(value), schema)
                        .isEmpty())
                .isEqualTo(status < 300);
    }

    @Test
    void bookHasTheMembersThatAreDescribed() {
        store.post("/seed-data", "");
        JsonNode book = json(store.get("/api/v1/Books?pageSize=1")).at("/books/0");

        assertThat(book.fieldNames())
                .toIterable()
                .hasSameElementsAs(() -> description
                        .root()
                        .at("/components/schemas/Book/properties")
                        .fieldNames());
    }

    private static String idOfNew(String path, String body) {
        return json(store.post(path, body)).path("id").asText();
    }

    private static @Nullable JsonNode bodyOf(String name) {
        String method = name.substring(0, name.indexOf(' '));
        String draft = name.contains("/Authors") ? AUTHOR : BOOK;
        boolean takesOne = (method.equals("POST") && name.matches(".*/(Books|Authors|bulk)"))
                || method.equals("PUT")
                || method.equals("PATCH");
        if (!takesOne) {
            return null;
        }
        try {
            return new ObjectMapper().readTree(name.endsWith("/bulk") ? "[" + draft + "]" : draft);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
