package io.bookstore.api.http.problem;

import static io.bookstore.api.RunningStore.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bookstore.api.RunningStore;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemResponsesTest {

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
    void unknownRouteAnswers404() {
        assertProblem(store.get("/nope"), 404, "urn:bookstore:problem:not-found");
    }

    @Test
    void wrongMethodAnswers405WithTheAllowedOnes() {
        HttpResponse<String> answer = store.send("PATCH", "/seed-data", "{}");

        assertProblem(answer, 405, "urn:bookstore:problem:method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("POST");
    }

    @Test
    void wrongMediaTypeAnswers415() {
        HttpResponse<String> answer = store.post("/api/v1/Books", "title=x", "Content-Type", "text/plain");

        assertProblem(answer, 415, "urn:bookstore:problem:unsupported-media-type");
    }

    @Test
    void mediaTypeThatIsNotServedAnswers406() {
        assertProblem(store.get("/api/v1/Books", "Accept", "image/png"), 406, "urn:bookstore:problem:not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "[1, 2",
                "[1, 2]",
                "5",
                "1.5",
                "true",
                "null",
                "\"x\"",
                "{\"title\":}",
                "{} {}",
                "{\"title\":\"a\",\"title\":\"b\"}",
                "\u0000",
                "<xml/>"
            })
    void brokenJsonAnswers400(String body) {
        assertProblem(store.post("/api/v1/Books", body), 400, null);
    }

    @Test
    void missingBodyAnswers400() {
        assertProblem(
                store.post("/api/v1/Books", "", "Content-Type", "application/json"),
                400,
                "urn:bookstore:problem:malformed-body");
    }

    @Test
    void unknownFieldAnswers400AndIsNamed() {
        HttpResponse<String> answer = store.post("/api/v1/Books", "{\"titel\":\"x\"}");

        assertProblem(answer, 400, "urn:bookstore:problem:malformed-body");
        assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo("titel");
        assertThat(json(answer).at("/errors/0/rule").asText()).isEqualTo("is not a known field");
    }

    @Test
    void deepJsonAnswers400() {
        assertProblem(store.post("/api/v1/Books", "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"), 400, null);
    }

    @Test
    void bodyAboveTheLimitAnswers413() {
        String body = "{\"title\":\"" + "x".repeat(1_100_000) + "\"}";

        assertProblem(store.post("/api/v1/Books", body), 413, "urn:bookstore:problem:body-too-large");
    }

    @Test
    void traceIdOfTheRequestIsInTheAnswer() {
        HttpResponse<String> answer =
                store.get("/nope", "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(json(answer).get("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothingInternalIsTold(String method, String path, String body) {
        HttpResponse<String> answer = store.send(method, path, body);

        assertThat(answer.body())
                .doesNotContainPattern("(io\\.|com\\.|java\\.|org\\.)[a-z]+\\.")
                .doesNotContain("Exception", "jackson", "line: 1", "Mongo", "localhost", "127.0.0.1");
    }

    static java.util.List<org.junit.jupiter.params.provider.Arguments> hostile() {
        return java.util.List.of(
                org.junit.jupiter.params.provider.Arguments.of("POST", "/api/v1/Books", "{\"price\":{}}"),
                org.junit.jupiter.params.provider.Arguments.of("POST", "/api/v1/Books", "{{{"),
                org.junit.jupiter.params.provider.Arguments.of("POST", "/api/v1/Books", "{\"publishedDate\":[1]}"),
                org.junit.jupiter.params.provider.Arguments.of("PUT", "/api/v1/Books/0", "{\"stockQuantity\":1e99}"),
                org.junit.jupiter.params.provider.Arguments.of("GET", "/api/v1/Books?page[$ne]=1&page=zz", ""));
    }

    private static void assertProblem(
            HttpResponse<String> answer, int status, @org.jspecify.annotations.Nullable String type) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotEmpty();
        assertThat(problem.get("instance").asText()).startsWith("/");
        if (type != null) {
            assertThat(problem.get("type").asText()).isEqualTo(type);
        }
    }
}
