package io.bookstore.llm.langchain4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.langchain4j.InstrumentedChatModel;
import io.bookstore.llm.micrometer.MicrometerRecorder;
import io.bookstore.llm.operation.InferenceRequest;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Scope;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings 2 to 5 about LangChain4j's default client, each with what ours does instead. */
class BoundedHttpClientTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json";

    @Test
    void bodyThatStallsAfterItsHeadersEndsAtTheDeadline() throws Exception {
        try (MisbehavingServer server =
                new MisbehavingServer(MisbehavingServer.sayAndHang(OK + "\r\nContent-Length: 100", "{"))) {
            assertThatThrownBy(() -> client(PatientLimits.SHORT_DEADLINE).execute(post(server)))
                    .hasRootCauseInstanceOf(HttpTimeoutException.class)
                    .rootCause()
                    .hasMessage("the exchange with the provider took longer than 400 ms");
            server.awaitClientGone();
        }
    }

    @Test
    void serverThatNeverAnswersEndsAtTheDeadline() throws Exception {
        try (MisbehavingServer server = new MisbehavingServer((out, endOfTest) -> endOfTest.await())) {
            assertThatThrownBy(() -> client(PatientLimits.SHORT_DEADLINE).execute(post(server)))
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

        try (MisbehavingServer server = new MisbehavingServer(endless)) {
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
        try (MisbehavingServer server = new MisbehavingServer(nothing)) {
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

        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndClose(OK, answer))) {
            ChatResponse response = InstrumentedChatModel.wrap(anthropic(server).build(), telemetry)
                    .chat(UserMessage.from("hello"));

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
        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndClose(
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

        try (MisbehavingServer server = new MisbehavingServer(MisbehavingServer.sayAndClose(head, "{\"id\":\"m\"}"));
                Inference call = telemetry.start(
                        InferenceRequest.chat("anthropic", "claude").build());
                Scope ignored = call.makeCurrent()) {
            client(PatientLimits.limits()).execute(post(server));
        }

        assertThat(registry.scrape())
                .contains("llm_ratelimit_remaining{gen_ai_provider_name=\"anthropic\",kind=\"output_tokens\"} 12000.0");
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

    private static AnthropicChatModel.AnthropicChatModelBuilder anthropic(MisbehavingServer server) {
        return AnthropicChatModel.builder()
                .httpClientBuilder(PatientLimits.http())
                .baseUrl(server.url().replace("/messages", "/"))
                .apiKey("none")
                .modelName("claude");
    }
}
