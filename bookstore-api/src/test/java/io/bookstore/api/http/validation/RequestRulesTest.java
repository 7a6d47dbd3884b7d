package io.bookstore.api.http.validation;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.RawConnection;
import io.bookstore.api.RawConnection.Answer;
import io.bookstore.api.RunningStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no well-behaved client sends: each gets a problem document, and nothing is stored. */
class RequestRulesTest {

    private static final String BOOK = """
            {"title":"%s","author":"a","isbn":"9780140186475","price":1}""";

    private static RunningStore store;

    @BeforeAll
    static void start() {
        store = RunningStore.start();
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @AfterEach
    void nothingIsStored() {
        assertThat(json(store.get("/api/v1/Books")).get("totalCount").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFFE", "C0AF", "EDA080", "F8888080", "C3"})
    void bodyThatIsNotUtf8Answers400(String hex) throws IOException {
        String[] around = BOOK.split("%s", -1);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(around[0].getBytes(StandardCharsets.UTF_8));
        body.writeBytes(HexFormat.of().parseHex(hex));
        body.writeBytes(around[1].getBytes(StandardCharsets.UTF_8));

        JsonNode problem = assertProblem(post(body.toByteArray()), 400, "malformed-body");

        assertThat(problem.get("detail").asText()).isEqualTo("The body is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u001b[2J", "\\u0085", "\\ud800", "\\u007f"})
    void controlCharacterOrHalfAPairInAFieldAnswers400(String escaped) {
        HttpResponse<String> answer = store.post("/api/v1/Books", BOOK.formatted(escaped));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("title");
        assertThat(json(answer).at("/errors/0/rule").asText()).isEqualTo("must not contain control characters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/v1/Books?genre=%00            | genre
                    /api/v1/Books?author=a%1Bb         | author
                    /api/v1/Books?page=1%00            | page
                    /api/v1/Books/search?query=%7F     | query
                    /api/v1/Books/search?query=%C0%AF  | query
                    /api/v1/Books/search?query=%ff     | query
                    /api/v1/Books?ge%00nre=x           | A parameter's name
                    /api/v1/Books/%00                  | The path
                    /api/v1/Books/a%C3                 | The path
                    /api/v1/Authors?page=%0b           | page
                    """)
    void controlCharacterInTheAddressAnswers400AndIsNamed(String address, String field) throws IOException {
        JsonNode problem = assertProblem(get(address), 400, "invalid-request");

        assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/Books?genre=%zz", "/api/v1/Books?genre=%", "/%2"})
    void brokenEscapeAnswers400(String address) throws IOException {
        assertProblem(get(address), 400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/Books/%2e%2e%2fhealth",
                "/api/v1/Books/..%2f..%2fetc%2fpasswd",
                "/api/v1/Books/$where",
                "/api/v1/Books/%F0%9F%93%9A"
            })
    void idThatNoBookHasAnswers404(String address) throws IOException {
        assertProblem(get(address), 404, "not-found");
    }

    @Test
    void addressThatIsTooLongAnswers414() throws IOException {
        JsonNode problem = assertProblem(get("/api/v1/Books?genre=" + "x".repeat(5_000)), 414, "uri-too-long");

        assertThat(problem.get("detail").asText()).isEqualTo("The address may have 4,096 characters");
    }

    @Test
    void headerThatIsTooLargeAnswers431() throws IOException {
        assertProblem(get("/api/v1/Books", "X-Big: " + "x".repeat(9_000) + "\r\n"), 431, "headers-too-large");
    }

    @Test
    void headersThatAreTooManyAnswer431() throws IOException {
        JsonNode problem = assertProblem(get("/api/v1/Books", "A: b\r\n".repeat(150)), 431, "headers-too-large");

        assertThat(problem.get("detail").asText()).isEqualTo("There may be 100 headers, and there were 151");
    }

    @Test
    void headerWithNulAnswers400() throws IOException {
        assertProblem(get("/api/v1/Books", "A: \0\r\n"), 400, "invalid-request");
    }

    @Test
    void requestWithoutHostAnswers400() throws IOException {
        Answer answer = exchange("GET /api/v1/Books HTTP/1.1\r\n\r\n");

        assertThat(assertProblem(answer, 400, "invalid-request")
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("Host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: -1\r\n", "A: \0\r\n"})
    void headThatCannotBeReadAnswers400AndEndsTheConnection(String headers) throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            connection.send("POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + headers
                    + "\r\n0\r\n\r\n");

            assertProblem(connection.answer(), 400, null);
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @Test
    void bodyWithoutContentTypeAnswers415() throws IOException {
        String body = BOOK.formatted("t");
        Answer answer = exchange(
                "POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

        assertProblem(answer, 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data", "nonsense"})
    void otherContentTypeAnswers415(String contentType) throws IOException {
        String body = BOOK.formatted("t");
        Answer answer = exchange("POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

        assertProblem(answer, 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(ints = {70_000, 1_100_000, 10_000_000})
    void bodyThatIsTooLargeAnswers413(int bytes) {
        HttpResponse<String> answer = store.post("/api/v1/Books", BOOK.formatted("x".repeat(bytes)));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:bookstore:problem:body-too-large");
    }

    @Test
    void bodyWithoutALengthIsLimitedToo() throws IOException {
        String chunk = "2000\r\n" + "x".repeat(0x2000) + "\r\n";
        Answer answer = exchange("POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(10) + "0\r\n\r\n");

        assertProblem(answer, 413, "body-too-large");
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 100_000})
    void deepJsonAnswers400(int depth) {
        String deep = "[".repeat(depth) + "]".repeat(depth);
        HttpResponse<String> unknown = store.post("/api/v1/Books/bulk", "[{\"x\":" + deep + "}]");
        HttpResponse<String> known = store.post("/api/v1/Books/bulk", deep);

        assertThat(known.statusCode()).isIn(200, 400);
        assertThat(unknown.statusCode()).isIn(200, 400);
        if (unknown.statusCode() == 200) {
            assertThat(json(unknown).get("created").asInt()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "FOO", "OPTIONS"})
    void methodThatNoRouteTakesAnswers405WithThoseItTakes(String method) throws IOException {
        Answer answer = exchange(method + " /seed-data HTTP/1.1\r\nHost: a\r\n\r\n");

        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers()).containsEntry("allow", "POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT example.com:443", "GET mailto:someone", "OPTIONS *", "GET x"})
    void addressThatIsNoPathIsNoReasonToFail(String start) throws IOException {
        Answer answer = exchange(start + " HTTP/1.1\r\nHost: a\r\n\r\n");

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertProblem(answer, answer.status(), null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "http://a"})
    void emptyPathIsThatOfTheStartPage(String address) throws IOException {
        assertThat(get(address).body()).contains("<h1>BookStore API</h1>");
    }

    @Test
    void forgedForwardingHeadersReachNoLink() throws IOException {
        Answer answer = exchange("GET http://evil.example/api/v1/Books/none HTTP/1.1\r\nHost: evil.example\r\n"
                + "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: gopher\r\n\r\n");

        assertThat(answer.body() + answer.headers()).doesNotContain("evil.example", "gopher");
    }

    private static Answer get(String address, String... headers) throws IOException {
        return exchange("GET " + address + " HTTP/1.1\r\nHost: a\r\n" + String.join("", headers) + "\r\n");
    }

    private static Answer post(byte[] body) throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            connection.send("POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length + "\r\n\r\n");
            return connection.send(body).answer();
        }
    }

    private static Answer exchange(String request) throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            return connection.send(request).answer();
        }
    }

    private static JsonNode assertProblem(Answer answer, int status, @Nullable String slug) throws IOException {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotEmpty();
        assertThat(problem.get("instance").asText()).startsWith("/");
        if (slug != null) {
            assertThat(problem.get("type").asText()).isEqualTo("urn:bookstore:problem:" + slug);
        }
        return problem;
    }
}
