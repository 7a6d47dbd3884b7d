package io.bookstore.llm.anthropic;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.ANSWER;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.betaWeather;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.error;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.weather;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.errors.RateLimitException;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that only some servers give, byte for byte: headers, tools, thinking, content. */
class AnthropicAnswersTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();
    private final GenAiTelemetry capturing = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .content(ContentPolicy.everything())
            .build();

    private final ScriptedAnthropic server = new ScriptedAnthropic();

    @AfterEach
    void spansConform() {
        GenAiConformance.of(GenAiConventions.V1_41).allowingContent().assertConforms(otel.getSpans());
        server.close();
    }

    @Test
    void answerTellsItsRequestItsTokensAndWhatIsLeftOfTheLimits() {
        server.answer(200, "application/json", ANSWER);

        client(telemetry).messages().create(weather());

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("http.response.header.request-id", List.of("req_1"))
                .containsEntry("gen_ai.response.id", "msg_1")
                .containsEntry("gen_ai.response.model", "claude-haiku-4-5-20251001")
                .containsEntry("gen_ai.response.finish_reasons", List.of("tool_call"));
        assertTokens(otel);
        assertLimits();
    }

    @Test
    void refusalTellsTheRequestAndWhatIsLeftOfTheLimits() {
        server.answer(429, "application/json", error("rate_limit_error"));

        assertThatThrownBy(() -> client(telemetry).messages().create(weather())).isInstanceOf(RateLimitException.class);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("http.response.header.request-id", List.of("req_1"))
                .containsEntry("error.type", "rate_limited");
        assertLimits();
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
        server.answer(200, "application/json", ANSWER.replace("\"tool_use\",\"stop_s", "\"" + reason + "\",\"stop_s"));

        client(telemetry).messages().create(weather());

        assertThat(attributes(onlySpan(otel))).containsEntry("gen_ai.response.finish_reasons", List.of(expected));
    }

    @Test
    void answerWithoutWhatAnthropicAlwaysSendsIsMeasuredByWhatItHas() {
        server.answer(200, "application/json", "{\"content\":[{\"type\":\"text\",\"text\":\"hello\"}],\"usage\":{}}");

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
        server.answer(200, "application/json", ANSWER);

        client(telemetry).messages().create(weather());
        assertThat(attributes(onlySpan(otel)).toString()).doesNotContain("Bern", "get_weather");
        otel.clearSpans();
        client(capturing).messages().create(weather());

        assertContent(otel);
    }

    @Test
    void answerOfABetaIsReadAsAnyOther() {
        server.answer(200, "application/json", ANSWER);

        client(capturing).beta().messages().create(betaWeather());

        assertContent(otel);
        assertTokens(otel);
    }

    @Test
    void policyThatThrowsNeverHarmsTheCall() {
        server.answer(200, "application/json", ANSWER);
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

    static void assertTokens(OpenTelemetryExtension otel) {
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.usage.input_tokens", 1000L)
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 600L)
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", 300L)
                .containsEntry("gen_ai.usage.output_tokens", 50L)
                .containsEntry("gen_ai.usage.reasoning.output_tokens", 20L)
                // 100 x 1 + 300 x 1.25 + 600 x 0.10 + 50 x 5 dollars per million
                .containsEntry("llm.cost.usd", 0.000785);
    }

    static void assertContent(OpenTelemetryExtension otel) {
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
        return InstrumentedAnthropic.wrap(server.bare(), by);
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
}
