package io.bookstore.api.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.bookstore.api.RawConnection;
import io.bookstore.api.RunningStore;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections on which no request is ever complete; the idle timeouts of the server are two minutes and end none of them. */
class RequestDeadlineTest {

    private static final String POST = "POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    private static RunningStore store;

    @BeforeAll
    static void start() {
        store = RunningStore.start(
                Map.of("bookstore.connection.head-timeout", "200ms", "bookstore.connection.body-timeout", "200ms"));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"G", "GET /health HTTP/1.1\r\n", "GET /health HTTP/1.1\r\nHost: a\r\n", POST + "X: y"})
    void halfAHeadEndsTheConnection(String half) throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            assertThat(connection.send(half).isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9\r\n\r\n{\"a\":", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n"})
    void halfABodyEndsTheConnection(String half) throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            assertThat(connection.send(POST + half).isEnded()).isTrue();
        }
    }

    @Test
    void bytesThatAreNoHttpEndTheConnection() throws IOException {
        // The first bytes of a TLS handshake.
        try (RawConnection connection = new RawConnection(store.store().uri())) {
            connection.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, -4, 3, 3});

            assertThat(connection.answer().status()).isEqualTo(400);
            assertThat(connection.isEnded()).isTrue();
        }
    }

    @Test
    void connectionStaysOpenBetweenTwoRequests() throws IOException {
        try (RawConnection connection = new RawConnection(store.store().uri());
                RawConnection halfAHead = new RawConnection(store.store().uri())) {
            String get = "GET /health/liveness HTTP/1.1\r\nHost: a\r\n\r\n";
            assertThat(connection.send(get).answer().status()).isEqualTo(200);

            // The time it takes to end another connection is more than a head may take.
            assertThat(halfAHead.send("GET").isEnded()).isTrue();

            assertThat(connection.send(get).answer().status()).isEqualTo(200);
        }
    }

    @Test
    void requestInTwoPiecesIsAnswered() throws IOException {
        try (RunningStore patient = RunningStore.start(Map.of("bookstore.connection.head-timeout", "2m"));
                RawConnection connection = new RawConnection(patient.store().uri())) {
            connection.send("GET /health/liveness HTTP/1.1\r\n");
            connection.send("Host: a\r\n\r\n");

            assertThat(connection.answer().status()).isEqualTo(200);
        }
    }
}
