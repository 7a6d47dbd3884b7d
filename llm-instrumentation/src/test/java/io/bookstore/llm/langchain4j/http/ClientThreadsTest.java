package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client has threads while it has work. */
class ClientThreadsTest {

    private static final String SSE = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream";

    @Test
    void clientThatNobodyHoldsAnyMoreLeavesNothingBehind() throws Exception {
        WeakReference<HttpClient> dropped = usedAndDropped();

        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            System.gc();
            return dropped.refersTo(null) && threadsOfClients() == 0;
        });
    }

    @Test
    void streamIsReadOnTheThreadsOfTheHost() throws Exception {
        HttpClient client = PatientLimits.http()
                .executor(task -> {
                    Thread thread = new Thread(task, "host's own");
                    thread.setDaemon(true);
                    thread.start();
                })
                .build();

        assertThat(readerOfAStream(client)).isEqualTo("host's own");
    }

    // In a method of its own, so that no variable of the test holds the client.
    private static WeakReference<HttpClient> usedAndDropped() throws Exception {
        HttpClient client = PatientLimits.http().build();
        assertThat(readerOfAStream(client)).isEqualTo("llm-http");
        return new WeakReference<>(client);
    }

    private static long threadsOfClients() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("llm-http"))
                .count();
    }

    private static String readerOfAStream(HttpClient client) throws Exception {
        CompletableFuture<String> reader = new CompletableFuture<>();
        try (MisbehavingServer server =
                new MisbehavingServer(MisbehavingServer.sayAndClose(SSE, "data: {\"a\":1}\n\n"))) {
            HttpRequest request = HttpRequest.builder()
                    .method(HttpMethod.POST)
                    .url(server.url())
                    .body("{}")
                    .build();
            client.execute(request, new DefaultServerSentEventParser(), new ServerSentEventListener() {
                @Override
                public void onOpen(SuccessfulHttpResponse response) {}

                @Override
                public void onEvent(ServerSentEvent event) {}

                @Override
                public void onError(Throwable error) {
                    reader.completeExceptionally(error);
                }

                @Override
                public void onClose() {
                    reader.complete(Thread.currentThread().getName());
                }
            });
            return reader.get(2, TimeUnit.MINUTES);
        }
    }
}
