package io.bookstore.llm.anthropic;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static io.bookstore.llm.anthropic.AnthropicAnswersTest.assertContent;
import static io.bookstore.llm.anthropic.AnthropicAnswersTest.assertTokens;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.END;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.LAST;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.START;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.THINKING;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.TOOL;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.betaWeather;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.error;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.event;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.text;
import static io.bookstore.llm.anthropic.ScriptedAnthropic.weather;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.content.ContentPolicy;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that only some servers give, event by event: their tokens, content, errors and ends. */
class AnthropicStreamsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());
    private final GenAiTelemetry capturing = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .content(ContentPolicy.everything())
            .build();
    private final ScriptedAnthropic server = new ScriptedAnthropic();

    @AfterEach
    void spansConform() {
        GenAiConformance.of(GenAiConventions.V1_41).allowingContent().assertConforms(otel.getSpans());
        server.close();
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
        server.answer(200, "text/event-stream", START + "event: error\ndata: " + error(type) + "\n\n");

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
        server.answer(200, "text/event-stream", START + text("hel") + text("lo"));

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
        server.answer(200, "text/event-stream", START + text("hel"));

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
        server.answer(200, "text/event-stream", START + text("hello") + last + END);

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
    @ValueSource(booleans = {true, false})
    void contentOfAStreamIsThatOfItsEventsWithItsEndOrWithout(boolean withEnd) {
        server.answer(200, "text/event-stream", START + THINKING + TOOL + LAST + (withEnd ? END : ""));

        read(capturing);

        assertContent(otel);
    }

    @Test
    void contentThatTheSdkRefusesIsMissingAndAllElseIsRead() {
        String last = event("message_delta", """
                "delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":50}""");
        server.answer(200, "text/event-stream", START + text("of no block that has begun") + last + END);

        read(capturing);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsEntry("gen_ai.usage.output_tokens", 50L)
                .containsKey("gen_ai.response.time_to_first_chunk")
                .doesNotContainKey("gen_ai.output.messages");
    }

    @Test
    void streamOfABetaIsReadAsAnyOther() {
        server.answer(200, "text/event-stream", START + THINKING + TOOL + LAST + END);

        try (StreamResponse<BetaRawMessageStreamEvent> stream =
                client(capturing).beta().messages().createStreaming(betaWeather())) {
            assertThat(stream.stream()).isNotEmpty();
        }

        assertContent(otel);
        assertTokens(otel);
    }

    private AnthropicClient client(GenAiTelemetry by) {
        return InstrumentedAnthropic.wrap(server.bare(), by);
    }

    private void read(GenAiTelemetry by) {
        try (StreamResponse<RawMessageStreamEvent> stream =
                client(by).messages().createStreaming(weather())) {
            assertThat(stream.stream()).isNotEmpty();
        }
    }
}
