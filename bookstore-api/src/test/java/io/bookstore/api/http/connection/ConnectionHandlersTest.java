package io.bookstore.api.http.connection;

import static io.bookstore.api.RunningStore.json;
import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bookstore.api.RawConnection;
import io.bookstore.api.RawConnection.Answer;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as bytes on a socket: how many of a connection are begun, and which heads and chunks end it. */
class ConnectionHandlersTest {

    private static final String BOOK = """
        {"title":"%s","author":"a","isbn":"9780140186475","price":1}\
        """;
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static ScriptedProvider provider;
    private static RunningStore store;

    @BeforeAll
    static void start() {
        provider = ScriptedProvider.start();
        Map<String, Object> settings = new HashMap<>(provider.settings());
        // A head that waits for an answer to an earlier one is not late.
        settings.put("bookstore.connection.head-timeout", "2m");
        settings.put("bookstore.connection.body-timeout", "2m");
        store = RunningStore.start(settings);
        assertThat(store.post("/seed-data", "").statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        store.close();
        provider.close();
    }

    @Test
    void atMost32RequestsOfAConnectionAreUnderWay() throws IOException {
        String path = "/api/v1/Books/"
                + json(store.get("/api/v1/Books?pageSize=1")).at("/books/0/id").asText();
        CountDownLatch end = new CountDownLatch(1);
        provider.always(after(end, stream("At last.", 1, 1)));
        try (RawConnection connection = connection()) {
            // The server reads 2 kB at first; after these, all of the next packet.
            connection.send("GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000));
            for (int i = 0; i < 1_000; i++) {
                assertThat(connection.answer().status()).isEqualTo(200);
            }
            connection.send(("POST " + path + "/generate-summary?refresh=true HTTP/1.1\r\nHost: a\r\n"
                            + "Content-Length: 0\r\n\r\n")
                    .repeat(88));

            await().until(() -> provider.received().size() >= 32);
            assertThat(store.get("/health/liveness").statusCode()).isEqualTo(200);
            assertThat(provider.received()).hasSize(32);
            end.countDown();

            for (int i = 0; i < 88; i++) {
                assertThat(connection.answer().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void requestsBeyondTheBoundAreAnsweredInOrderWithTheirBodies() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            String body = BOOK.formatted("Pipelined " + i);
            requests.append("POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n");
            if (i % 2 == 0) {
                requests.append("Content-Length: " + body.length() + "\r\n\r\n" + body);
            } else {
                requests.append("Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n"
                        + body + "\r\n0\r\n\r\n");
            }
        }
        try (RawConnection connection = connection()) {
            connection.send(requests.toString());

            List<String> titles = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Answer answer = connection.answer();
                assertThat(answer.status()).isEqualTo(201);
                titles.add(parse(answer).get("title").asText());
            }
            assertThat(titles)
                    .isEqualTo(IntStream.range(0, 100)
                            .mapToObj(i -> "Pipelined " + i)
                            .toList());
        }
    }

    @Test
    void clientThatReadsNothingIsNotServedFurther() throws IOException {
        int requests = 2_000;
        double before = begun();
        try (RawConnection connection = connection()) {
            connection.send("GET /api/v1/Books?pageSize=100 HTTP/1.1\r\nHost: a\r\n\r\n".repeat(requests));
            await().until(() -> begun() >= before + 32);

            assertThat(store.get("/health/liveness").statusCode()).isEqualTo(200);
            assertThat(begun() - before).isLessThan(requests / 2.0);
            for (int i = 0; i < 64; i++) {
                assertThat(connection.answer().status()).isEqualTo(200);
            }
        }
    }

    private static double begun() {
        return store.metric("http_server_request_duration_seconds_count", "http_route=\"/api/v1/Books\"", "\"GET\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Transfer-Encoding: chunked, identity       | 400 | Transfer-Encoding must end with chunked, once, and needs HTTP/1.1
        Transfer-Encoding: identity                | 400 | Transfer-Encoding must end with chunked, once, and needs HTTP/1.1
        Transfer-Encoding: chunked, chunked        | 400 | Transfer-Encoding must end with chunked, once, and needs HTTP/1.1
        Transfer-Encoding: xchunked                | 501 | Transfer-Encoding must be chunked; another coding is not known here
        Transfer-Encoding: chunked;Content-Length: 5 | 400 | A request must have either Transfer-Encoding or Content-Length, and had both
        Transfer-Encoding: xchunked;Content-Length: 5 | 501 | Transfer-Encoding must be chunked; another coding is not known here
        """)
    void transferEncodingThatTwoServersMayReadDifferentlyEndsTheConnection(String headers, int status, String detail)
            throws IOException {
        String head = "POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + headers.replace(";", "\r\n") + "\r\n\r\n";

        assertLast(head + "0\r\n\r\n" + SMUGGLED, status, detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1;a=\"\r\nX\r\n0\r\n\r\n",
                "0x2\r\n{}\r\n0\r\n\r\n",
                "2\n{}\n0\n\n",
                "2\r\n{}X\r\n0\r\n\r\n",
                "zz\r\n",
            })
    void brokenChunksEndTheConnectionAndStoreNothing(String chunks) throws IOException {
        int books = json(store.get("/api/v1/Books")).get("totalCount").asInt();
        String head = "POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n";
        String book = BOOK.formatted("Smuggled");
        String whole = Integer.toHexString(book.length()) + "\r\n" + book + "\r\n";

        assertLast(head + chunks + SMUGGLED, 400, "The chunks of the body are not those of HTTP/1.1");
        assertLast(head + whole + chunks + SMUGGLED, 400, "The chunks of the body are not those of HTTP/1.1");

        assertThat(json(store.get("/api/v1/Books")).get("totalCount").asInt()).isEqualTo(books);
    }

    @Test
    void brokenChunksBehindAFullPipelineAreRefusedInTheirTurn() throws IOException {
        try (RawConnection connection = connection()) {
            connection.send("GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n".repeat(50)
                    + "POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + SMUGGLED);

            for (int i = 0; i < 50; i++) {
                assertThat(connection.answer().status()).isEqualTo(200);
            }
            assertThat(connection.answer().status()).isEqualTo(400);
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.9", "2.0", "1.5", "1.2"})
    void otherVersionOfHttpAnswers505(String version) throws IOException {
        assertLast(
                "GET /health HTTP/" + version + "\r\nHost: a\r\n\r\n" + SMUGGLED,
                505,
                "The version must be HTTP/1.1 or HTTP/1.0, was HTTP/" + version);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Host: a;Host: b    | Host must be sent once, was sent 2 times
        Host: a;Host: a    | Host must be sent once, was sent 2 times
        Host: a b/c?d      | Host must be a host, or a host, a colon and a port
        Host: a/b          | Host must be a host, or a host, a colon and a port
        Host: u@a          | Host must be a host, or a host, a colon and a port
        Host: a:b          | Host must be a host, or a host, a colon and a port
        X: y               | Host is required
        """)
    void hostThatIsNotOneAnswers400(String headers, String detail) throws IOException {
        assertLast("GET /health HTTP/1.1\r\n" + headers.replace(";", "\r\n") + "\r\n\r\n" + SMUGGLED, 400, detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b:80", "127.0.0.1:7002", "[::1]:7002", "a_b", "%C3%A9", "a:", ""})
    void hostOfRfc3986IsServed(String host) throws IOException {
        try (RawConnection connection = connection()) {
            connection.send("GET /health/liveness HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void http10WithoutHostIsServed() throws IOException {
        try (RawConnection connection = connection()) {
            connection.send("GET /health/liveness HTTP/1.0\r\n\r\n");

            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @Test
    void bodyThatIsTooLargeIsRefusedBeforeItIsAskedFor() throws IOException {
        assertLast(
                "POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n",
                413,
                "The body may have 1,048,576 bytes");
    }

    @Test
    void bodyThatIsExpectedIsAskedFor() throws IOException {
        String book = BOOK.formatted("Continued");
        try (RawConnection connection = connection()) {
            connection.send("POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: " + book.length() + "\r\n\r\n");

            assertThat(connection.answer().status()).isEqualTo(100);
            assertThat(connection.send(book).answer().status()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "^", "\"", "`", "{", "}", "<", ">", "\\", "["})
    void characterThatBrowsersSendRawIsReadInAQuery(String character) throws IOException {
        try (RawConnection connection = connection()) {
            connection.send("GET /api/v1/Books/search?query=a" + character + "b HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void characterThatBrowsersSendRawIsReadInAPath() throws IOException {
        try (RawConnection connection = connection()) {
            connection.send("GET /api/v1/Books/a[|b HTTP/1.1\r\nHost: a\r\n\r\n");

            Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(404);
            assertThat(parse(answer).get("instance").asText()).isEqualTo("/api/v1/Books/a%5B%7Cb");
        }
    }

    @Test
    void backslashInAPathIsRefusedForWhatItIs() throws IOException {
        JsonNode problem = assertLast(
                "GET /api/v1\\Books HTTP/1.1\r\nHost: a\r\n\r\n" + SMUGGLED,
                400,
                "A backslash in the path must be percent-encoded, as %5C");

        assertThat(problem.get("instance").asText()).isEqualTo("/api/v1%5CBooks");
    }

    /** The one answer to all of it, after which the connection ends. */
    private static JsonNode assertLast(String sent, int status, String detail) throws IOException {
        try (RawConnection connection = connection()) {
            connection.send(sent);

            Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.headers()).containsEntry("connection", "close");
            assertThat(parse(answer).get("detail").asText()).isEqualTo(detail);
            assertThat(connection.isEnded()).isTrue();
            return parse(answer);
        }
    }

    private static RawConnection connection() throws IOException {
        return new RawConnection(store.store().uri());
    }

    private static JsonNode parse(Answer answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
