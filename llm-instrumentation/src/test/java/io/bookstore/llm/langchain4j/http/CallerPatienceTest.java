package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import io.opentelemetry.context.Scope;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A request's own deadline, and a caller that leaves, reach the socket whatever the provider is doing. */
class CallerPatienceTest {

    private static final String SSE = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100";

    private final HttpClient client = PatientLimits.http().build();

    @Test
    void endsAnExchangeBeforeTheLimitOfTheClient() throws Exception {
        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndHang(OK, "{"));
                Scope ignored = CallerPatience.of(Duration.ofMillis(200)).makeCurrent()) {
            assertThatThrownBy(() -> client.execute(post(server)))
                    .rootCause()
                    .hasMessage("the exchange with the provider took longer than its caller waits");
            server.awaitClientGone();
        }
    }

    @Test
    void callerThatGivesUpClosesTheSocketOfAProviderThatHasNotSaidAWord() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        MisbehavingServer.Answer silence = (out, endOfTest) -> {
            asked.countDown();
            endOfTest.await();
        };
        CallerPatience patience = CallerPatience.of(Duration.ofHours(1));

        try (MisbehavingServer server = new MisbehavingServer(silence)) {
            CompletableFuture<Throwable> failure = stream(server, patience);
            asked.await();
            patience.giveUp();

            assertThat(failure.get(2, TimeUnit.MINUTES))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("the caller no longer waits for the provider");
            server.awaitClientGone();
        }
    }

    @Test
    void callerThatGivesUpClosesTheSocketOfAStreamThatStalls() throws Exception {
        CallerPatience patience = CallerPatience.of(Duration.ofHours(1));

        try (MisbehavingServer server =
                new MisbehavingServer(MisbehavingServer.sayAndHang(SSE, "data: {\"a\":1}\n\n"))) {
            CompletableFuture<Void> opened = new CompletableFuture<>();
            CompletableFuture<Throwable> failure = stream(server, patience, opened);
            opened.get(2, TimeUnit.MINUTES);
            patience.giveUp();

            assertThat(failure.get(2, TimeUnit.MINUTES)).hasMessage("the caller no longer waits for the provider");
            server.awaitClientGone();
        }
    }

    @Test
    void callerKnowsThatAnAnswerBeganWhateverBecameOfIt() throws Exception {
        CallerPatience cut = CallerPatience.of(Duration.ofHours(1));
        CallerPatience refused = CallerPatience.of(Duration.ofHours(1));

        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndHang(OK, "{"))) {
            CompletableFuture<Throwable> failure = stream(server, cut);
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(cut::answerBegan);
            cut.giveUp();
            assertThat(failure.get(2, TimeUnit.MINUTES)).hasMessage("the caller no longer waits for the provider");
        }
        try (MisbehavingServer server = new MisbehavingServer(
                MisbehavingServer.sayAndClose("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0", ""))) {
            stream(server, refused).get(2, TimeUnit.MINUTES);
        }

        assertThat(cut.answerBegan()).isTrue();
        assertThat(refused.answerBegan()).isFalse();
    }

    @Test
    void nothingBeginsForACallerThatHasGivenUp() throws Exception {
        CallerPatience patience = CallerPatience.of(Duration.ofHours(1));
        patience.giveUp();

        try (MisbehavingServer server = new MisbehavingServer((out, endOfTest) -> endOfTest.await())) {
            assertThat(stream(server, patience).get(2, TimeUnit.MINUTES))
                    .hasMessage("the caller no longer waits for the provider");
        }
    }

    private CompletableFuture<Throwable> stream(MisbehavingServer server, CallerPatience patience) {
        return stream(server, patience, new CompletableFuture<>());
    }

    private CompletableFuture<Throwable> stream(
            MisbehavingServer server, CallerPatience patience, CompletableFuture<Void> firstEvent) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        try (Scope ignored = patience.makeCurrent()) {
            client.execute(post(server), new DefaultServerSentEventParser(), new ServerSentEventListener() {
                @Override
                public void onOpen(SuccessfulHttpResponse response) {}

                @Override
                public void onEvent(ServerSentEvent event) {
                    firstEvent.complete(null);
                }

                @Override
                public void onError(Throwable error) {
                    failure.complete(error);
                }

                @Override
                public void onClose() {
                    failure.complete(new AssertionError("closed without an error"));
                }
            });
        }
        return failure;
    }

    private static HttpRequest post(MisbehavingServer server) {
        return HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(server.url())
                .body("{}")
                .build();
    }
}
