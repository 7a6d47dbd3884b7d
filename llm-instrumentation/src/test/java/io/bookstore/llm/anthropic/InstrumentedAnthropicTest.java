package io.bookstore.llm.anthropic;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlockParam;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.bookstore.simulator.journal.Attempt;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official client over real HTTP: spans, tokens and cost are those of the server's journal, to the token. */
class InstrumentedAnthropicTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final AnthropicClient bare = AnthropicOkHttpClient.builder()
            .baseUrl(server.baseUrl().toString())
            .apiKey("none")
            .maxRetries(0)
            .build();

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();
    private GenAiConventions conventions = GenAiConventions.V1_41;
    private final AnthropicClient client = InstrumentedAnthropic.wrap(bare, telemetry);

    @BeforeEach
    void forgetEarlierRequests() {
        server.journal().clear();
    }

    @AfterEach
    void spansAndMetricsConform() {
        GenAiConformance.of(conventions).assertConforms(otel.getSpans(), otel.getMetrics());
    }

    @AfterAll
    static void stop() {
        bare.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void blockingCallIsOneSpanWithTokensAndCostOfTheJournal(SdkCall call) {
        call.blocking(client);

        assertSpanAndMetricsAreTheJournals(call);
    }

    @ParameterizedTest
    @EnumSource
    void asynchronousCallIsOneSpanWithTokensAndCostOfTheJournal(SdkCall call) throws Exception {
        call.async(client.async()).get(2, TimeUnit.MINUTES);

        assertSpanAndMetricsAreTheJournals(call);
    }

    @ParameterizedTest
    @EnumSource
    void rawResponseIsOneSpanWithTokensAndCostOfTheJournal(SdkCall call) {
        call.raw(client);

        assertSpanAndMetricsAreTheJournals(call);
    }

    @ParameterizedTest
    @EnumSource
    void asynchronousClientIsWrappedByItselfAndLeadsBackToABlockingOne(SdkCall call) throws Exception {
        call.async(InstrumentedAnthropic.wrap(bare.async(), telemetry)).get(2, TimeUnit.MINUTES);
        assertSpanAndMetricsAreTheJournals(call);
        otel.clearSpans();

        call.blocking(InstrumentedAnthropic.wrap(bare.async(), telemetry).sync());

        assertThat(onlySpan(otel).getName()).isEqualTo("chat claude-haiku-4-5");
    }

    @ParameterizedTest
    @EnumSource
    void clientThatIsWrappedTwiceCountsOnce(SdkCall call) throws Exception {
        call.blocking(InstrumentedAnthropic.wrap(client, telemetry));
        assertSpanAndMetricsAreTheJournals(call);
        otel.clearSpans();

        call.async(InstrumentedAnthropic.wrap(client, telemetry).async()).get(2, TimeUnit.MINUTES);

        assertThat(onlySpan(otel).getName()).isEqualTo("chat claude-haiku-4-5");
    }

    @Test
    void streamThatIsReadAsAnIterableIsOneSpan() {
        int events = 0;

        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(SdkCall.message())) {
            for (RawMessageStreamEvent event : stream) {
                events += event.isContentBlockDelta() ? 1 : 0;
            }
        }

        assertThat(events).isPositive();
        assertSpanAndMetricsAreTheJournals(SdkCall.MESSAGE_STREAM);
    }

    @Test
    void optionsOfTheHostMoveTheCallAndItsServer() {
        AnthropicClient moved = client.withOptions(options ->
                options.baseUrl("http://localhost:" + server.baseUrl().getPort()));

        SdkCall.MESSAGE.blocking(moved);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("server.address", "localhost")
                .containsEntry("server.port", (long) server.baseUrl().getPort());
    }

    @Test
    void requestTellsItsParameters() {
        client.messages()
                .create(SdkCall.message().toBuilder()
                        .maxTokens(900)
                        .addStopSequence("THE END")
                        .putAdditionalBodyProperty("temperature", JsonValue.from(0.5))
                        .putAdditionalBodyProperty("top_k", JsonValue.from(40))
                        .build());

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.request.max_tokens", 900L)
                .containsEntry("gen_ai.request.temperature", 0.5)
                .containsEntry("gen_ai.request.top_k", 40.0)
                .containsEntry("gen_ai.request.stop_sequences", List.of("THE END"));
    }

    @Test
    void effortIsTheLevelOfReasoning() {
        conventions = GenAiConventions.V0_1;
        AnthropicClient newest = InstrumentedAnthropic.wrap(
                bare,
                GenAiTelemetry.builder(otel.getOpenTelemetry())
                        .conventions(conventions)
                        .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
                        .build());

        newest.messages()
                .create(SdkCall.message().toBuilder()
                        .model("claude-opus-4-5")
                        .outputConfig(OutputConfig.builder()
                                .effort(OutputConfig.Effort.LOW)
                                .build())
                        .build());

        assertThat(attributes(onlySpan(otel))).containsEntry("gen_ai.request.reasoning.level", "low");
    }

    @Test
    void inputOfACachedPromptIsTheWholeOfIt() {
        MessageCreateParams params = SdkCall.message().toBuilder()
                .systemOfTextBlockParams(List.of(TextBlockParam.builder()
                        .text("A rule of the house. ".repeat(1_500))
                        .cacheControl(CacheControlEphemeral.builder()
                                .ttl(CacheControlEphemeral.Ttl.TTL_1H)
                                .build())
                        .build()))
                .build();

        client.messages().create(params);
        Attempt.Tokens writing = tokens();
        Map<String, Object> written = attributes(onlySpan(otel));
        otel.clearSpans();
        server.journal().clear();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
            assertThat(stream.stream()).isNotEmpty();
        }
        Attempt.Tokens reading = tokens();
        Map<String, Object> read = attributes(onlySpan(otel));

        assertThat(writing.cacheWritten()).isPositive();
        assertThat(written)
                .containsEntry("gen_ai.usage.input_tokens", (long) writing.input())
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", (long) writing.cacheWritten());
        // Dollars per million: 1 in, 2 kept for an hour, 0.10 from the cache, 5 out.
        assertThat((double) written.get("llm.cost.usd"))
                .isCloseTo(
                        (writing.input() - writing.cacheWritten()) * 1e-6
                                + writing.cacheWritten() * 2e-6
                                + writing.output() * 5e-6,
                        within(1e-12));
        assertThat(reading.cacheRead()).isEqualTo(writing.cacheWritten());
        assertThat(read)
                .containsEntry("gen_ai.usage.input_tokens", (long) reading.input())
                .containsEntry("gen_ai.usage.cache_read.input_tokens", (long) reading.cacheRead());
        assertThat((double) read.get("llm.cost.usd"))
                .isCloseTo(
                        (reading.input() - reading.cacheRead()) * 1e-6
                                + reading.cacheRead() * 0.1e-6
                                + reading.output() * 5e-6,
                        within(1e-12));
    }

    @Test
    void answerOfAStructuredTypeIsOneSpan() {
        Review review = client.messages()
                .create(SdkCall.message().toBuilder().outputConfig(Review.class).build())
                .content()
                .get(0)
                .asText()
                .text();

        assertThat(review.verdict).isNotNull();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.output.type", "json")
                .containsEntry("gen_ai.usage.output_tokens", (long) tokens().output());
    }

    @Test
    void countOfTokensIsNoCall() {
        assertThat(client.messages()
                        .countTokens(MessageCountTokensParams.builder()
                                .model(SdkCall.MODEL)
                                .addUserMessage(SdkCall.PROMPT)
                                .build())
                        .inputTokens())
                .isPositive();

        assertThat(otel.getSpans()).isEmpty();
    }

    @Test
    void disabledTelemetryGivesTheClientItself() {
        GenAiTelemetry off =
                GenAiTelemetry.builder(otel.getOpenTelemetry()).enabled(false).build();

        assertThat(InstrumentedAnthropic.wrap(bare, off)).isSameAs(bare);
    }

    @Test
    void answerIsTheSdksOwnObject() {
        assertThat(client.messages().create(SdkCall.message())).isExactlyInstanceOf(Message.class);
        assertThat(client.models().list().data()).isNotEmpty();
        assertThat(client).isEqualTo(client).isNotEqualTo(bare);
    }

    private static void assertSpanAndMetricsAreTheJournals(SdkCall call) {
        Attempt.Tokens journal = tokens();
        // Dollars per million: 1 in and 5 out.
        double cost = journal.input() * 1e-6 + journal.output() * 5e-6;

        assertThat(onlySpan(otel).getName()).isEqualTo("chat claude-haiku-4-5");
        assertThat(onlySpan(otel).getKind()).isEqualTo(SpanKind.CLIENT);
        Map<String, Object> span = attributes(onlySpan(otel));
        assertThat(span)
                .containsEntry("gen_ai.provider.name", "anthropic")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("server.port", (long) server.baseUrl().getPort())
                .containsEntry("gen_ai.usage.input_tokens", (long) journal.input())
                .containsEntry("gen_ai.usage.output_tokens", (long) journal.output())
                .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
                .containsEntry("llm.outcome", "completed")
                .containsKeys("gen_ai.response.id", "gen_ai.response.model")
                .doesNotContainKey("error.type");
        assertThat((double) span.get("llm.cost.usd")).isCloseTo(cost, within(1e-12));
        assertThat(span.containsKey("gen_ai.response.time_to_first_chunk")).isEqualTo(call.streaming());
        assertThat(metric("gen_ai.client.token.usage"))
                .isEqualTo(Map.of("input", (double) journal.input(), "output", (double) journal.output()));
    }

    private static Map<String, Double> metric(String name) {
        Map<String, Double> sums = new TreeMap<>();
        otel.getMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                .forEach((HistogramPointData point) -> sums.merge(type(point), point.getSum(), Double::sum));
        return sums;
    }

    private static String type(HistogramPointData point) {
        return String.valueOf(point.getAttributes().get(AttributeKey.stringKey("gen_ai.token.type")));
    }

    private static Attempt.Tokens tokens() {
        assertThat(server.journal().attempts()).hasSize(1);
        Attempt.Tokens tokens = server.journal().attempts().get(0).result().tokens();
        assertThat(tokens).isNotNull();
        return tokens;
    }

    /** A type of the host's, as the SDK reads answers into. */
    static final class Review {
        public String verdict;
    }
}
