package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A caller that waits for the end of a stream gets everything thrown while it is read, even an {@link Error}. */
class BrokenStreamReadersTest {

    private static final String SSE = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream";
    private static final String PIECE =
            "data: {\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":"
                    + "[{\"index\":0,\"delta\":{\"content\":\"Once\"},\"finish_reason\":null}]}\n\n";

    private final CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
    private final BoundedHttpClientBuilder http = PatientLimits.http().executor(task -> {
        Thread thread = new Thread(task, "reader");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dead, error) -> uncaught.complete(error));
        thread.start();
    });

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new AssertionError("defect")),
                Arguments.of(new StackOverflowError()),
                Arguments.of(new NoSuchMethodError("another version")),
                Arguments.of(new OutOfMemoryError("defect")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void errorOfTheParserIsToldAndThrownOn(Error error) throws Exception {
        ServerSentEventParser broken = (body, listener) -> {
            throw error;
        };

        assertThat(endOfStream(broken, event -> {})).isSameAs(error);
        assertThat(uncaught.get(2, TimeUnit.MINUTES)).isSameAs(error);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void errorOfACallbackIsToldAndThrownOn(Error error) throws Exception {
        assertThat(endOfStream(new DefaultServerSentEventParser(), event -> {
                    throw error;
                }))
                .isSameAs(error);
        assertThat(uncaught.get(2, TimeUnit.MINUTES)).isSameAs(error);
    }

    @Test
    void exceptionOfTheParserIsToldAndEndsThere() throws Exception {
        IllegalStateException defect = new IllegalStateException("defect");
        ServerSentEventParser broken = (InputStream body, ServerSentEventListener listener) -> {
            throw defect;
        };

        assertThat(endOfStream(broken, event -> {})).isSameAs(defect);
        assertThat(uncaught).isNotDone();
    }

    @Test
    void hostThatWaitsForAModelHearsOfItsOwnError() throws Exception {
        StackOverflowError error = new StackOverflowError();
        CompletableFuture<Throwable> end = new CompletableFuture<>();

        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndHang(SSE, PIECE))) {
            OpenAiStreamingChatModel.builder()
                    .httpClientBuilder(http)
                    .baseUrl(server.url().replace("/messages", ""))
                    .apiKey("none")
                    .modelName("m")
                    .build()
                    .chat("hello", new StreamingChatResponseHandler() {
                        @Override
                        public void onPartialResponse(String text) {
                            throw error;
                        }

                        @Override
                        public void onCompleteResponse(ChatResponse response) {
                            end.complete(new AssertionError("it has no end"));
                        }

                        @Override
                        public void onError(Throwable failure) {
                            end.complete(failure);
                        }
                    });

            assertThat(end.get(2, TimeUnit.MINUTES)).rootCause().isSameAs(error);
        }
    }

    private Throwable endOfStream(ServerSentEventParser parser, EventListener eachEvent) throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndHang(SSE, PIECE))) {
            HttpRequest request = HttpRequest.builder()
                    .method(HttpMethod.POST)
                    .url(server.url())
                    .body("{}")
                    .build();
            http.build().execute(request, parser, new ServerSentEventListener() {
                @Override
                public void onOpen(SuccessfulHttpResponse response) {}

                @Override
                public void onEvent(ServerSentEvent event) {
                    eachEvent.on(event);
                }

                @Override
                public void onError(Throwable error) {
                    end.complete(error);
                }

                @Override
                public void onClose() {
                    end.complete(new AssertionError("closed without an error"));
                }
            });
            return end.get(2, TimeUnit.MINUTES);
        }
    }

    private interface EventListener {
        void on(ServerSentEvent event);
    }
}
