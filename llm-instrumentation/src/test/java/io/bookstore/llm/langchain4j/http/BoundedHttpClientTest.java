package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.InferenceRequest;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Scope;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings 2 to 5 about LangChain4j's default client, each with what ours does instead. */
class BoundedHttpClientTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
    private static final String SSE = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream";
    private static final String MESSAGE_START =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"claude\",\"usage\":{\"input_tokens\":5,\"output_tokens\":1}}}\n\n"
                    + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    private static final String TEXT_DELTA =
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Once\"}}\n\n";

    // For exchanges that must end; those that may succeed have minutes.
    private static final HttpLimits SHORT_DEADLINE = PatientLimits.limits().withDeadline(Duration.ofMillis(400));
    private static final HttpLimits SHORT_SILENCE = PatientLimits.limits().withChunkTimeout(Duration.ofMillis(200));

    @Test
    void bodyThatStallsAfterItsHeadersEndsAtTheDeadline() throws Exception {
        try (MisbehavingServer server = server(MisbehavingServer.sayAndHang(OK + "\r\nContent-Length: 100", "{"))) {
            assertThatThrownBy(() -> client(SHORT_DEADLINE).execute(post(server)))
                    .hasRootCauseInstanceOf(HttpTimeoutException.class)
                    .rootCause()
                    .hasMessage("the exchange with the provider took longer than 400 ms");
            server.awaitClientGone();
        }
    }

    @Test
    void serverThatNeverAnswersEndsAtTheDeadline() throws Exception {
        try (MisbehavingServer server = server((out, endOfTest) -> endOfTest.await())) {
            assertThatThrownBy(() -> client(SHORT_DEADLINE).execute(post(server)))
                    .hasRootCauseInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void answerBeyondTheCapIsCut() throws Exception {
        byte[] piece = new byte[64 * 1024];
        MisbehavingServer.Answer endless = (out, endOfTest) -> {
            out.write((OK + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            while (endOfTest.getCount() > 0) {
                out.write(piece);
            }
        };
        HttpClient client = client(PatientLimits.limits().withMaxAnswerBytes(1_000_000));

        try (MisbehavingServer server = server(endless)) {
            assertThatThrownBy(() -> client.execute(post(server)))
                    .rootCause()
                    .hasMessage("the provider's answer is longer than 1000000 bytes");
            server.awaitClientGone();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", " { } ", ""})
    void answerThatSaysNothingIsOneSentenceAndIsNotAskedForAgain(String body) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        MisbehavingServer.Answer nothing = (out, endOfTest) -> {
            asked.incrementAndGet();
            MisbehavingServer.sayAndClose(OK, body).write(out, endOfTest);
        };
        try (MisbehavingServer server = server(nothing)) {
            AnthropicChatModel model = anthropic(server).maxRetries(2).build();

            assertThatThrownBy(() -> model.chat("hello"))
                    .isInstanceOf(EmptyAnswerException.class)
                    .hasMessage("the provider's answer is empty: status 200 with a body that says nothing; "
                            + "see what stands between this host and the provider");
            assertThat(asked).hasValue(1);
        }
    }

    /** LangChain4j takes it for a success; so does the library, since it has been paid for, and its tokens are counted. */
    @Test
    void answerWithoutContentIsACallWithItsTokens() throws Exception {
        String answer = "{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],"
                + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":45,\"output_tokens\":1}}";
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        GenAiTelemetry telemetry = GenAiTelemetry.builder(OpenTelemetry.noop())
                .metrics(MicrometerRecorder.create(registry))
                .build();

        try (MisbehavingServer server = server(MisbehavingServer.sayAndClose(OK, answer))) {
            ChatResponse response = InstrumentedChatModel.wrap(anthropic(server).build(), telemetry)
                    .chat(chat());

            assertThat(response.aiMessage().text()).isNull();
        }

        assertThat(registry.scrape())
                .contains("llm_tokens_total{gen_ai_provider_name=\"anthropic\",gen_ai_request_model=\"claude\","
                        + "gen_ai_token_type=\"input\"} 45.0")
                .doesNotContain("error_type=\"_OTHER\"");
    }

    @Test
    void retryAfterAndLimitsOfARefusalAreKept() throws Exception {
        String head = "HTTP/1.1 429 Too Many Requests\r\nretry-after: 7\r\nanthropic-ratelimit-requests-remaining: 0";
        try (MisbehavingServer server = server(MisbehavingServer.sayAndClose(
                head, "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}"))) {
            AnthropicChatModel model = anthropic(server).maxRetries(0).build();

            assertThatThrownBy(() -> model.chat("hello")).satisfies(error -> {
                ProviderHttpException kept = ProviderHttpException.in(error);
                assertThat(kept).isNotNull();
                assertThat(kept.statusCode()).isEqualTo(429);
                assertThat(kept.retryAfter()).isEqualTo(Duration.ofSeconds(7));
                assertThat(kept.header("Anthropic-RateLimit-Requests-Remaining"))
                        .isEqualTo("0");
            });
        }
    }

    @Test
    void limitHeadersBecomeAGauge() throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        GenAiTelemetry telemetry = GenAiTelemetry.builder(OpenTelemetry.noop())
                .metrics(MicrometerRecorder.create(registry))
                .build();
        String head = OK + "\r\nanthropic-ratelimit-output-tokens-remaining: 12000\r\nContent-Length: 10";

        try (MisbehavingServer server = server(MisbehavingServer.sayAndClose(head, "{\"id\":\"m\"}"));
                Inference call = telemetry.start(
                        InferenceRequest.chat("anthropic", "claude").build());
                Scope ignored = call.makeCurrent()) {
            client(PatientLimits.limits()).execute(post(server));
        }

        assertThat(registry.scrape())
                .contains("llm_ratelimit_remaining{gen_ai_provider_name=\"anthropic\",kind=\"output_tokens\"} 12000.0");
    }

    @Test
    void streamThatIsCutBeforeItsLastEventIsAnError() throws Exception {
        try (MisbehavingServer server = server(MisbehavingServer.sayAndClose(SSE, MESSAGE_START + TEXT_DELTA))) {
            assertThatThrownBy(() -> await(server, PatientLimits.limits(), new Collecting()))
                    .rootCause()
                    .hasMessage("the provider's stream ended before its last event");
        }
    }

    @Test
    void streamThatFallsSilentIsAnError() throws Exception {
        try (MisbehavingServer server = server(MisbehavingServer.sayAndHang(SSE, MESSAGE_START + TEXT_DELTA))) {
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

        try (MisbehavingServer server = server(slow)) {
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

        try (MisbehavingServer server = server(talkative)) {
            assertThatThrownBy(() -> await(server, SHORT_DEADLINE, new Collecting()))
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
        try (MisbehavingServer server = server(talkative)) {
            model(server, PatientLimits.limits()).chat(chat(), new Collecting() {
                @Override
                public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
                    context.streamingHandle().cancel();
                }
            });

            server.awaitClientGone();
        }
    }

    private static MisbehavingServer server(MisbehavingServer.Answer answer) throws Exception {
        return new MisbehavingServer(answer);
    }

    private static HttpClient client(HttpLimits limits) {
        return BoundedHttpClientBuilder.create(limits).build();
    }

    private static HttpRequest post(MisbehavingServer server) {
        return HttpRequest.builder()
                .method(HttpMethod.POST)
                .url(server.url())
                .body("{}")
                .build();
    }

    private static void await(MisbehavingServer server, HttpLimits limits, Collecting handler) throws Exception {
        model(server, limits).chat(chat(), handler);
        try {
            handler.end.get(2, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static AnthropicChatModel.AnthropicChatModelBuilder anthropic(MisbehavingServer server) {
        return AnthropicChatModel.builder()
                .httpClientBuilder(PatientLimits.http())
                .baseUrl(server.url().replace("/messages", "/"))
                .apiKey("none")
                .modelName("claude");
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
