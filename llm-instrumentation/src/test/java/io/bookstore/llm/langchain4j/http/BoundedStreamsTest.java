package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Streams that a provider cuts, silences or never ends, and those that the caller cancels. */
class BoundedStreamsTest {

    private static final String SSE = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream";
    private static final String MESSAGE_START =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"claude\",\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}\n\n"
                    + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    private static final String TEXT_DELTA =
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Once\"}}\n\n";
    private static final HttpLimits SHORT_SILENCE = PatientLimits.limits().withChunkTimeout(Duration.ofMillis(200));

    @Test
    void streamThatIsCutBeforeItsLastEventIsAnError() throws Exception {
        try (MisbehavingServer server =
                new MisbehavingServer(MisbehavingServer.sayAndClose(SSE, MESSAGE_START + TEXT_DELTA))) {
            assertThatThrownBy(() -> await(server, PatientLimits.limits(), new Collecting()))
                    .rootCause()
                    .hasMessage("the provider's stream ended before its last event");
        }
    }

    @Test
    void streamThatFallsSilentIsAnError() throws Exception {
        try (MisbehavingServer server =
                new MisbehavingServer(MisbehavingServer.sayAndHang(SSE, MESSAGE_START + TEXT_DELTA))) {
            assertThatThrownBy(() -> await(server, SHORT_SILENCE, new Collecting()))
                    .rootCause()
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("the provider was silent for 200 ms");
            server.awaitClientGone();
        }
    }

    /** All times are doubled when the first pieces come too late to be heard, as on a busy machine. */
    @Test
    void silenceCountsFromTheLastByteAndNotFromTheFirst() throws Exception {
        int heard = 0;
        for (long millis = 500; heard < 2 && millis < 20_000; millis *= 2) {
            heard = piecesHeardUntilASilenceOf(Duration.ofMillis(millis));
        }
    }

    /** Asserts a lower bound, which holds at any speed: a silence cannot end sooner after a piece that was heard. */
    private static int piecesHeardUntilASilenceOf(Duration silence) throws Exception {
        List<Long> written = new CopyOnWriteArrayList<>();
        MisbehavingServer.Answer slow = (out, endOfTest) -> {
            out.write((SSE + "\r\n\r\n" + MESSAGE_START).getBytes(StandardCharsets.UTF_8));
            for (int piece = 0; piece < 4; piece++) {
                endOfTest.await(silence.toMillis() * 2 / 5, TimeUnit.MILLISECONDS);
                written.add(System.nanoTime());
                out.write(TEXT_DELTA.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            endOfTest.await();
        };
        AtomicInteger heard = new AtomicInteger();
        AtomicLong cut = new AtomicLong();
        Collecting counting = new Collecting() {
            @Override
            public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
                heard.incrementAndGet();
            }

            @Override
            public void onError(Throwable error) {
                cut.set(System.nanoTime());
                super.onError(error);
            }
        };

        try (MisbehavingServer server = new MisbehavingServer(slow)) {
            assertThatThrownBy(() -> await(server, PatientLimits.limits().withChunkTimeout(silence), counting))
                    .rootCause()
                    .hasMessage("the provider was silent for " + silence.toMillis() + " ms");
            server.awaitClientGone();
        }

        if (heard.get() > 0) {
            assertThat(Duration.ofNanos(cut.get() - written.get(heard.get() - 1)))
                    .as("from the last of %s pieces to the cut", heard)
                    .isGreaterThanOrEqualTo(silence);
        }
        return heard.get();
    }

    @Test
    void streamThatTalksForEverEndsAtTheDeadline() throws Exception {
        MisbehavingServer.Answer talkative = (out, endOfTest) -> {
            out.write((SSE + "\r\n\r\n" + MESSAGE_START).getBytes(StandardCharsets.UTF_8));
            while (!endOfTest.await(10, TimeUnit.MILLISECONDS)) {
                out.write(TEXT_DELTA.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        };

        try (MisbehavingServer server = new MisbehavingServer(talkative)) {
            assertThatThrownBy(() -> await(server, PatientLimits.SHORT_DEADLINE, new Collecting()))
                    .rootCause()
                    .hasMessage("the exchange with the provider took longer than 400 ms");
            server.awaitClientGone();
        }
    }

    @Test
    void cancelClosesTheSocket() throws Exception {
        MisbehavingServer.Answer talkative = (out, endOfTest) -> {
            out.write((SSE + "\r\n\r\n" + MESSAGE_START).getBytes(StandardCharsets.UTF_8));
            while (endOfTest.getCount() > 0) {
                out.write(TEXT_DELTA.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        };
        try (MisbehavingServer server = new MisbehavingServer(talkative)) {
            model(server, PatientLimits.limits()).chat(chat(), new Collecting() {
                @Override
                public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
                    context.streamingHandle().cancel();
                }
            });

            server.awaitClientGone();
        }
    }

    private static void await(MisbehavingServer server, HttpLimits limits, Collecting handler) throws Exception {
        model(server, limits).chat(chat(), handler);
        try {
            handler.end.get(2, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static AnthropicStreamingChatModel model(MisbehavingServer server, HttpLimits limits) {
        return AnthropicStreamingChatModel.builder()
                .httpClientBuilder(BoundedHttpClientBuilder.create(limits))
                .baseUrl(server.url().replace("/messages", "/"))
                .apiKey("none")
                .modelName("claude")
                .build();
    }

    private static ChatRequest chat() {
        return ChatRequest.builder().messages(UserMessage.from("hello")).build();
    }

    private static class Collecting implements StreamingChatResponseHandler {

        final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }
    }
}
