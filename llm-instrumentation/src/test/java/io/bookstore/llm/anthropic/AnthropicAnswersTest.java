package io.bookstore.llm.anthropic;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.RateLimitException;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that only some servers give, byte for byte: headers, tools, thinking, content, errors in a stream. */
class AnthropicAnswersTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final String ANSWER = """
            {"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5-20251001",
             "content":[{"type":"thinking","thinking":"Look it up","signature":"s"},
               {"type":"tool_use","id":"toolu_1","name":"get_weather","input":{"city":"Bern"}}],
             "stop_reason":"tool_use","stop_sequence":null,
             "usage":{"input_tokens":100,"cache_creation_input_tokens":300,"cache_read_input_tokens":600,
               "cache_creation":{"ephemeral_5m_input_tokens":300,"ephemeral_1h_input_tokens":0},
               "output_tokens":50,"output_tokens_details":{"thinking_tokens":20}}}""";

    private static final String START = event("message_start", """
            "message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5-20251001",\
            "content":[],"stop_reason":null,"stop_sequence":null,\
            "usage":{"input_tokens":100,"cache_read_input_tokens":600,"cache_creation_input_tokens":300,"output_tokens":1}}""");

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();
    private final GenAiTelemetry capturing = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .content(ContentPolicy.everything())
            .build();

    private HttpServer http;
    private AnthropicClient bare;

    @BeforeEach
    void start() throws Exception {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.start();
        bare = AnthropicOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + http.getAddress().getPort())
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
    void answerTellsItsRequestItsTokensAndWhatIsLeftOfTheLimits() {
        answer(200, "application/json", ANSWER);

        client(telemetry).messages().create(weather());

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("http.response.header.request-id", List.of("req_1"))
                .containsEntry("gen_ai.response.id", "msg_1")
                .containsEntry("gen_ai.response.model", "claude-haiku-4-5-20251001")
                .containsEntry("gen_ai.response.finish_reasons", List.of("tool_call"))
                .containsEntry("gen_ai.usage.input_tokens", 1000L)
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 600L)
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", 300L)
                .containsEntry("gen_ai.usage.output_tokens", 50L)
                .containsEntry("gen_ai.usage.reasoning.output_tokens", 20L)
                // 100 x 1 + 300 x 1.25 + 600 x 0.10 + 50 x 5 dollars per million
                .containsEntry("llm.cost.usd", 0.000785);
        assertLimits();
    }

    @Test
    void refusalTellsTheRequestAndWhatIsLeftOfTheLimits() {
        answer(429, "application/json", error("rate_limit_error"));

        assertThatThrownBy(() -> client(telemetry).messages().create(weather()))
                .isInstanceOf(RateLimitException.class);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("http.response.header.request-id", List.of("req_1"))
                .containsEntry("error.type", "rate_limited");
        assertLimits();
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded_error, overloaded",
        "rate_limit_error, rate_limited",
        "api_error, server_error",
        "timeout_error, timeout",
        "invalid_request_error, invalid_request",
        "billing_error, invalid_request",
        "permission_error, authentication",
        "not_found_error, not_found",
        "unheard_of, _OTHER"
    })
    void errorInAStreamIsWhatAnthropicCallsIt(String type, String expected) {
        answer(200, "text/event-stream", START + "event: error\ndata: " + error(type) + "\n\n");

        Throwable thrown = catchThrowable(() -> read(telemetry));

        assertThat(thrown).isNotNull();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("error.type", expected)
                // The input was read all the same.
                .containsEntry("gen_ai.usage.input_tokens", 1000L)
                .doesNotContainKey("gen_ai.usage.output_tokens");
    }

    @Test
    void streamClosedEarlyHasTheTokensOfItsInputAlone() {
        answer(200, "text/event-stream", START + text("hel") + text("lo"));

        try (StreamResponse<RawMessageStreamEvent> stream =
                client(telemetry).messages().createStreaming(weather())) {
            Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
            events.next();
            events.next();
        }

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "cancelled")
                .containsKey("gen_ai.response.time_to_first_chunk")
                .containsEntry("gen_ai.usage.input_tokens", 1000L)
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 600L)
                .doesNotContainKeys("gen_ai.usage.output_tokens", "error.type");
    }

    @Test
    void streamThatStopsBeforeItsStopReasonIsAFailureThoughTheSdkThrowsNothing() {
        answer(200, "text/event-stream", START + text("hel"));

        Throwable thrown = catchThrowable(() -> read(telemetry));

        assertThat(thrown).isNull();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("error.type", "network")
                .containsKey("gen_ai.response.time_to_first_chunk");
    }

    @Test
    void tokensOfAStreamAreItsLastTotals() {
        String last = event("message_delta", """
                "delta":{"stop_reason":"max_tokens","stop_sequence":null},\
                "usage":{"input_tokens":120,"output_tokens":50,"output_tokens_details":{"thinking_tokens":20}}""");
        answer(200, "text/event-stream", START + text("hello") + last + end());

        read(telemetry);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.response.finish_reasons", List.of("length"))
                .containsEntry("gen_ai.usage.input_tokens", 1020L)
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 600L)
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", 300L)
                .containsEntry("gen_ai.usage.output_tokens", 50L)
                .containsEntry("gen_ai.usage.reasoning.output_tokens", 20L);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn, stop",
        "stop_sequence, stop",
        "max_tokens, length",
        "model_context_window_exceeded, length",
        "refusal, content_filter",
        "pause_turn, pause_turn"
    })
    void stopReasonIsTheConventionsFinishReason(String reason, String expected) {
        answer(200, "application/json", ANSWER.replace("\"tool_use\",\"stop_s", "\"" + reason + "\",\"stop_s"));

        client(telemetry).messages().create(weather());

        assertThat(attributes(onlySpan(otel))).containsEntry("gen_ai.response.finish_reasons", List.of(expected));
    }

    @Test
    void answerWithoutWhatAnthropicAlwaysSendsIsMeasuredByWhatItHas() {
        answer(200, "application/json", "{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],\"usage\":{}}");

        assertThat(client(telemetry)
                        .messages()
                        .create(weather())
                        .content()
                        .get(0)
                        .asText()
                        .text())
                .isEqualTo("hello");

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .doesNotContainKeys("gen_ai.usage.input_tokens", "llm.cost.usd", "gen_ai.response.id");
    }

    @Test
    void contentAndToolsAreOnTheSpanOnlyIfAPolicyWantsThem() {
        answer(200, "application/json", ANSWER);

        client(telemetry).messages().create(weather());
        assertThat(attributes(onlySpan(otel)).toString()).doesNotContain("Bern", "get_weather");
        otel.clearSpans();
        client(capturing).messages().create(weather());

        assertContent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void contentOfAStreamIsThatOfItsEventsWithItsEndOrWithout(boolean withEnd) {
        String thinking = event("content_block_start", """
                        "index":0,"content_block":{"type":"thinking","thinking":"","signature":""}""")
                + event("content_block_delta", """
                        "index":0,"delta":{"type":"thinking_delta","thinking":"Look it up"}""")
                + event("content_block_stop", "\"index\":0");
        String tool = event("content_block_start", """
                        "index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"get_weather","input":{}}""")
                + event("content_block_delta", """
                        "index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\":"}""")
                + event("content_block_delta", """
                        "index":1,"delta":{"type":"input_json_delta","partial_json":"\\"Bern\\"}"}""")
                + event("content_block_stop", "\"index\":1");
        String last = event("message_delta", """
                "delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":50}""");
        answer(200, "text/event-stream", START + thinking + tool + last + (withEnd ? end() : ""));

        read(capturing);

        assertContent();
    }

    @Test
    void contentThatTheSdkRefusesIsMissingAndAllElseIsRead() {
        String last = event("message_delta", """
                "delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":50}""");
        answer(200, "text/event-stream", START + text("of no block that has begun") + last + end());

        read(capturing);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsEntry("gen_ai.usage.output_tokens", 50L)
                .containsKey("gen_ai.response.time_to_first_chunk")
                .doesNotContainKey("gen_ai.output.messages");
    }

    @Test
    void policyThatThrowsNeverHarmsTheCall() {
        answer(200, "application/json", ANSWER);
        GenAiTelemetry broken = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .content(content -> {
                    throw new IllegalStateException("broken");
                })
                .build();

        assertThat(client(broken).messages().create(weather()).id()).isEqualTo("msg_1");

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
                        [{"role":"assistant","parts":[{"type":"reasoning","content":"Look it up"},\
                        {"type":"tool_call","id":"toolu_1","name":"get_weather","arguments":{"city":"Bern"}}],\
                        "finish_reason":"tool_call"}]""");
    }

    private static void assertLimits() {
        assertThat(limits())
                .isEqualTo(Map.of("requests", 99L, "tokens", 1234L, "input_tokens", 1000L, "output_tokens", 234L));
    }

    private AnthropicClient client(GenAiTelemetry by) {
        return InstrumentedAnthropic.wrap(bare, by);
    }

    private void read(GenAiTelemetry by) {
        try (StreamResponse<RawMessageStreamEvent> stream = client(by).messages().createStreaming(weather())) {
            assertThat(stream.stream()).isNotEmpty();
        }
    }

    private static MessageCreateParams weather() {
        return MessageCreateParams.builder()
                .model("claude-haiku-4-5")
                .maxTokens(500)
                .system("Be brief")
                .addUserMessage("Is it raining in Bern?")
                .addTool(Tool.builder()
                        .name("get_weather")
                        .description("The weather of a city")
                        .inputSchema(Tool.InputSchema.builder()
                                .properties(JsonValue.from(Map.of()))
                                .build())
                        .build())
                .build();
    }

    private static String text(String piece) {
        return event(
                "content_block_delta",
                "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + piece + "\"}");
    }

    private static String end() {
        return "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    }

    private static String event(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
    }

    private static String error(String type) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"no\"},\"request_id\":\"req_1\"}";
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
            exchange.getResponseHeaders().add("request-id", "req_1");
            exchange.getResponseHeaders().add("anthropic-ratelimit-requests-remaining", "99");
            exchange.getResponseHeaders().add("anthropic-ratelimit-tokens-remaining", "1234");
            exchange.getResponseHeaders().add("anthropic-ratelimit-input-tokens-remaining", "1000");
            exchange.getResponseHeaders().add("anthropic-ratelimit-output-tokens-remaining", "234");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
