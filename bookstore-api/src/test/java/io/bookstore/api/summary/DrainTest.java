package io.bookstore.api.summary;

import static io.bookstore.api.llm.ScriptedProvider.after;
import static io.bookstore.api.llm.ScriptedProvider.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bookstore.api.RestartableStore;
import io.bookstore.api.RunningStore;
import io.bookstore.api.llm.ScriptedProvider;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service is told to stop while a summary is being written. */
@Execution(ExecutionMode.CONCURRENT)
class DrainTest {

    private final CountDownLatch open = new CountDownLatch(1);
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RestartableStore store = new RestartableStore(provider::settings);

    @AfterEach
    void stop() {
        open.countDown();
        store.close();
        provider.close();
    }

    @ParameterizedTest
    @CsvSource({"POST, ''", "GET, /stream"})
    void summaryUnderWayIsAnsweredBeforeTheServiceStops(String method, String end) {
        provider.next(after(open, stream("Written to the end.", 1, 1)));
        CompletableFuture<HttpResponse<String>> answer = ask(method, end);
        await().until(() -> provider.received().size() == 1);
        URI address = store.running().store().uri();

        CompletableFuture<Void> stopped =
                CompletableFuture.runAsync(store::close, task -> new Thread(task, "stop").start());
        await().until(() -> refusesConnections(address));
        assertThat(stopped).isNotDone();
        open.countDown();

        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(answer.join().body()).contains("\"aiGeneratedSummary\":\"Written to the end.\"");
        stopped.join();
    }

    /** The provider never answers, so that the stop has to wait as long as a summary can possibly take. */
    @Test
    void summaryThatTakesItsWholeDeadlineGetsItsAnswerToo() {
        // The first summary of a JVM loads hundreds of classes, which is not what a deadline is for.
        assertThat(ask("POST", "").join().statusCode()).isEqualTo(200);
        provider.reset();
        store.restart(Map.of("bookstore.llm.deadline", "5s"));
        provider.next(after(open, stream("Too late.", 1, 1)));
        CompletableFuture<HttpResponse<String>> answer = ask("POST", "");
        await().until(() -> provider.received().size() == 1);

        store.close();

        assertThat(answer.join().statusCode()).isEqualTo(504);
        assertThat(answer.join().body()).contains("urn:bookstore:problem:deadline-exceeded");
    }

    private CompletableFuture<HttpResponse<String>> ask(String method, String end) {
        RunningStore running = store.running();
        return running.client()
                .sendAsync(
                        running.request(method, store.book() + "/generate-summary" + end, ""),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static boolean refusesConnections(URI address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }
}
