package io.bookstore.llm.openai;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.services.blocking.chat.ChatCompletionService;
import com.sun.net.httpserver.HttpServer;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that only some servers give, byte for byte: headers, tools, content, failures under a status of success. */
class OpenAiAnswersTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final String ANSWER = """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-mini-2024-07-18",
             "service_tier":"default","system_fingerprint":"fp_1",
             "choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,
               "tool_calls":[{"id":"call_1","type":"function",
                 "function":{"name":"get_weather","arguments":"{\\"city\\":\\"Bern\\"}"}}]}}],
             "usage":{"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050,
               "prompt_tokens_details":{"cached_tokens":600}}}""";

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();
    private final GenAiTelemetry capturing = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .content(ContentPolicy.everything())
            .build();

    private HttpServer http;
    private OpenAIClient bare;

    @BeforeEach
    void start() throws Exception {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        bare = OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + http.getAddress().getPort() + "/v1")
                .apiKey("none")
                .maxRetries(0)
                .build();
    }

    @AfterEach
    void spansConform() {
        GenAiConformance.of(GenAiConventions.V1_41).allowingContent().assertConforms(otel.getSpans());
        bare.close();
        http.stop(0);
    }

    @Test
    void headersTellTheRequestAndWhatIsLeftOfTheLimits() {
        answer(200, "application/json", ANSWER);

        chats(telemetry).create(weather());

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("http.response.header.x-request-id", List.of("req_1"))
                .containsEntry("gen_ai.response.id", "chatcmpl-1")
                .containsEntry("gen_ai.response.model", "gpt-4o-mini-2024-07-18")
                .containsEntry("gen_ai.response.finish_reasons", List.of("tool_call"))
                .containsEntry("openai.response.service_tier", "default")
                .containsEntry("openai.response.system_fingerprint", "fp_1")
                // 400 x 0.15 + 600 x 0.075 + 50 x 0.60 dollars per million
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 600L)
                .containsEntry("llm.cost.usd", 0.000135);
        assertThat(limits()).isEqualTo(Map.of("requests", 99L, "tokens", 1234L));
    }

    @Test
    void refusalTellsTheRequestAndWhatIsLeftOfTheLimits() {
        answer(429, "application/json", "{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}");

        assertThatThrownBy(() -> chats(telemetry).create(weather())).isInstanceOf(RateLimitException.class);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("http.response.header.x-request-id", List.of("req_1"))
                .containsEntry("error.type", "rate_limited");
        assertThat(limits()).isEqualTo(Map.of("requests", 99L, "tokens", 1234L));
    }

    @Test
    void refusalOfAFilterIsToldByItsCode() {
        answer(400, "application/json", "{\"error\":{\"message\":\"filtered\",\"code\":\"content_filter\"}}");

        assertThatThrownBy(() -> chats(telemetry).create(weather())).hasMessageContaining("filtered");

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "content_filter");
    }

    @Test
    void failureUnderAStatusOfSuccessIsAFailureWithItsTokens() {
        answer(200, "application/json", """
                {"id":"resp_1","object":"response","created_at":1,"model":"gpt-4o-mini","status":"failed","output":[],
                 "error":{"code":"server_error","message":"The model broke down"},"parallel_tool_calls":true,
                 "usage":{"input_tokens":9,"output_tokens":2,"total_tokens":11}}""");

        var response = InstrumentedOpenAi.wrap(bare, telemetry).responses().create(SdkCall.response());

        assertThat(response.status()).contains(ResponseStatus.FAILED);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "failed")
                .containsEntry("error.type", "server_error")
                .containsEntry("gen_ai.usage.input_tokens", 9L)
                .containsEntry("gen_ai.usage.output_tokens", 2L);
    }

    @Test
    void responseInTheBackgroundHasNoTokensYet() {
        answer(200, "application/json", """
                {"id":"resp_1","object":"response","created_at":1,"model":"gpt-4o-mini","status":"queued","output":[],
                 "background":true,"parallel_tool_calls":true,"usage":null}""");
        var responses = InstrumentedOpenAi.wrap(bare, telemetry).responses();

        responses.create(SdkCall.response().toBuilder().background(true).build());
        responses.retrieve("resp_1");

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsEntry("gen_ai.response.id", "resp_1")
                .doesNotContainKeys("gen_ai.usage.input_tokens", "gen_ai.response.finish_reasons", "llm.cost.usd");
    }

    @Test
    void answerWithoutWhatOpenAiAlwaysSendsIsMeasuredByWhatItHas() {
        answer(200, "application/json", "{\"choices\":[{\"message\":{\"content\":\"hello\"}}],\"usage\":{}}");

        assertThat(chats(telemetry).create(weather()).choices().get(0).message().content())
                .contains("hello");

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .doesNotContainKeys("gen_ai.usage.input_tokens", "llm.cost.usd", "gen_ai.response.id");
    }

    @Test
    void contentAndToolsAreOnTheSpanOnlyIfAPolicyWantsThem() {
        answer(200, "application/json", ANSWER);

        chats(telemetry).create(weather());
        assertThat(attributes(onlySpan(otel)).toString()).doesNotContain("Bern", "get_weather");
        otel.clearSpans();
        chats(capturing).create(weather());

        assertContent();
    }

    @Test
    void contentOfAStreamIsThatOfItsChunks() {
        answer(200, "text/event-stream", """
                data: {"id":"c","model":"m","object":"chat.completion.chunk","created":1,"choices":[{"index":0,\
                "delta":{"role":"assistant","tool_calls":[{"index":0,"id":"call_1","type":"function",\
                "function":{"name":"get_weather","arguments":"{\\"city\\":"}}]}}]}

                data: {"id":"c","model":"m","object":"chat.completion.chunk","created":1,"choices":[{"index":0,\
                "delta":{"tool_calls":[{"index":0,"function":{"arguments":"\\"Bern\\"}"}}]}}]}

                data: {"id":"c","model":"m","object":"chat.completion.chunk","created":1,"choices":[{"index":0,\
                "delta":{},"finish_reason":"tool_calls"}]}

                data: [DONE]

                """);

        try (StreamResponse<ChatCompletionChunk> stream = chats(capturing).createStreaming(weather())) {
            assertThat(stream.stream()).hasSize(3);
        }

        assertContent();
    }

    @Test
    void streamThatStopsBeforeItsFinishReasonIsAFailureThoughTheSdkThrowsNothing() {
        answer(200, "text/event-stream", """
                data: {"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"hel"}}]}

                """);

        try (StreamResponse<ChatCompletionChunk> stream = chats(telemetry).createStreaming(weather())) {
            assertThat(stream.stream()).hasSize(1);
        }

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("error.type", "network")
                .containsKey("gen_ai.response.time_to_first_chunk");
    }

    @Test
    void policyThatThrowsNeverHarmsTheCall() {
        answer(200, "application/json", ANSWER);
        GenAiTelemetry broken = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .content(content -> {
                    throw new IllegalStateException("broken");
                })
                .build();

        assertThat(chats(broken).create(weather()).id()).isEqualTo("chatcmpl-1");

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .doesNotContainKey("gen_ai.input.messages");
    }

    private static void assertContent() {
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.system_instructions", "[{\"type\":\"text\",\"content\":\"Be brief\"}]")
                .containsEntry("gen_ai.input.messages", """
                        [{"role":"user","parts":[{"type":"text","content":"Is it raining in Bern?"}]}]""")
                .containsEntry("gen_ai.tool.definitions", """
                        [{"type":"function","name":"get_weather","description":"The weather of a city"}]""")
                .containsEntry("gen_ai.output.messages", """
                        [{"role":"assistant","parts":[{"type":"tool_call","id":"call_1","name":"get_weather",\
                        "arguments":{"city":"Bern"}}],"finish_reason":"tool_call"}]""");
    }

    private ChatCompletionService chats(GenAiTelemetry by) {
        return InstrumentedOpenAi.wrap(bare, by).chat().completions();
    }

    private static ChatCompletionCreateParams weather() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o-mini")
                .addSystemMessage("Be brief")
                .addUserMessage("Is it raining in Bern?")
                .addFunctionTool(FunctionDefinition.builder()
                        .name("get_weather")
                        .description("The weather of a city")
                        .build())
                .build();
    }

    private static Map<String, Long> limits() {
        var limits = new TreeMap<String, Long>();
        otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals("llm.ratelimit.remaining"))
                .forEach(metric -> metric.getData()
                        .getPoints()
                        .forEach(point -> limits.put(
                                point.getAttributes().get(AttributeKey.stringKey("kind")),
                                point instanceof LongPointData whole
                                        ? whole.getValue()
                                        : (long) ((DoublePointData) point).getValue())));
        return limits;
    }

    private void answer(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.getResponseHeaders().add("x-request-id", "req_1");
            exchange.getResponseHeaders().add("x-ratelimit-remaining-requests", "99");
            exchange.getResponseHeaders().add("x-ratelimit-remaining-tokens", "1234");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
