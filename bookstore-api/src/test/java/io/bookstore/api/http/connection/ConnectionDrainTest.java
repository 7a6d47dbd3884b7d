package io.bookstore.api.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RawConnection;
import io.bookstore.api.RunningStore;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Connections of a service that is told to stop, as bytes. Its grace period is longer than a read of the raw connection
 * waits, so a connection that only the end of the grace period closes fails the test.
 */
class ConnectionDrainTest {

    private static final String BOOK = "{\"title\":\"t\",\"author\":\"a\",\"isbn\":\"9780140186475\",\"price\":1}";

    private RunningStore store;
    private RawConnection connection;

    @BeforeEach
    void start() throws IOException {
        store = RunningStore.start();
        connection = new RawConnection(store.store().uri());
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        store.close();
    }

    @Test
    void connectionThatWasAnsweredBeforeItsBodyArrivedHoldsNoStopUp() throws Exception {
        connection.send("POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{");
        assertThat(connection.answer().status())
                .as("refused for its Content-Type")
                .isEqualTo(415);

        CompletableFuture<Void> stopped = stop();
        connection.send("}");

        assertThat(connection.isEnded()).isTrue();
        stopped.join();
    }

    @Test
    void connectionWithoutARequestHoldsNoStopUp() throws Exception {
        CompletableFuture<Void> stopped = stop();

        assertThat(connection.isEnded()).isTrue();
        stopped.join();
    }

    @Test
    void requestWhoseBodyArrivesAfterTheOrderToStopIsAnswered() throws Exception {
        connection.send("POST /api/v1/Books HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Expect: 100-continue\r\nContent-Length: " + BOOK.length() + "\r\n\r\n");
        assertThat(connection.answer().status()).isEqualTo(100);

        CompletableFuture<Void> stopped = stop();
        connection.send(BOOK);

        RawConnection.Answer answer = connection.answer();
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(connection.isEnded()).isTrue();
        stopped.join();
    }

    private CompletableFuture<Void> stop() {
        URI address = store.store().uri();
        CompletableFuture<Void> stopped =
                CompletableFuture.runAsync(store::close, task -> new Thread(task, "stop").start());
        await().until(() -> refusesConnections(address));
        return stopped;
    }

    private static boolean refusesConnections(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }
}
