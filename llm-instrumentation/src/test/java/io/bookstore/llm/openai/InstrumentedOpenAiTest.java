package io.bookstore.llm.openai;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
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
class InstrumentedOpenAiTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));
    private static final OpenAIClient bare = OpenAIOkHttpClient.builder()
            .baseUrl(server.baseUrl() + "/v1")
            .apiKey("none")
            .maxRetries(0)
            .build();

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();
    private final OpenAIClient client = InstrumentedOpenAi.wrap(bare, telemetry);

    @BeforeEach
    void forgetEarlierRequests() {
        server.journal().clear();
    }

    @AfterEach
    void spansAndMetricsConform() {
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
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
        call.async(InstrumentedOpenAi.wrap(bare.async(), telemetry)).get(2, TimeUnit.MINUTES);
        assertSpanAndMetricsAreTheJournals(call);
        otel.clearSpans();

        call.blocking(InstrumentedOpenAi.wrap(bare.async(), telemetry).sync());

        assertThat(onlySpan(otel).getName()).isEqualTo(call.spanName());
    }

    @ParameterizedTest
    @EnumSource
    void clientThatIsWrappedTwiceCountsOnce(SdkCall call) throws Exception {
        call.blocking(InstrumentedOpenAi.wrap(client, telemetry));
        assertSpanAndMetricsAreTheJournals(call);
        otel.clearSpans();

        call.async(InstrumentedOpenAi.wrap(client, telemetry).async()).get(2, TimeUnit.MINUTES);

        assertThat(onlySpan(otel).getName()).isEqualTo(call.spanName());
    }

    @Test
    void optionsOfTheHostMoveTheCallAndItsServer() {
        OpenAIClient moved = client.withOptions(options ->
                options.baseUrl("http://localhost:" + server.baseUrl().getPort() + "/v1"));

        SdkCall.CHAT.blocking(moved);

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("server.address", "localhost")
                .containsEntry("server.port", (long) server.baseUrl().getPort());
    }

    @Test
    void requestTellsItsParameters() {
        client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o-mini")
                        .addUserMessage(SdkCall.PROMPT)
                        .maxCompletionTokens(900)
                        .temperature(0.5)
                        .topP(0.9)
                        .seed(42)
                        .stop("THE END")
                        .serviceTier(ChatCompletionCreateParams.ServiceTier.FLEX)
                        .build());

        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.request.max_tokens", 900L)
                .containsEntry("gen_ai.request.temperature", 0.5)
                .containsEntry("gen_ai.request.top_p", 0.9)
                .containsEntry("gen_ai.request.seed", 42L)
                .containsEntry("openai.api.type", "chat_completions")
                .containsEntry("openai.request.service_tier", "flex");
    }

    @Test
    void tokensOfReasoningAndCacheArePartsOfTheTotals() {
        ResponseCreateParams params = ResponseCreateParams.builder()
                .model("o3")
                .input("A rule of the house. ".repeat(400))
                .reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build())
                .build();

        client.responses().create(params);
        otel.clearSpans();
        server.journal().clear();
        client.responses().create(params);

        Attempt.Tokens journal = tokens();
        assertThat(journal.cacheRead()).isPositive();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.usage.input_tokens", (long) journal.input())
                .containsEntry("gen_ai.usage.cache_read.input_tokens", (long) journal.cacheRead())
                .containsEntry("gen_ai.usage.output_tokens", (long) journal.output())
                .containsEntry("gen_ai.usage.reasoning.output_tokens", 33L);
    }

    @Test
    void answerOfAStructuredTypeIsOneSpan() {
        Review review = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o-mini")
                        .addUserMessage(SdkCall.PROMPT)
                        .responseFormat(Review.class)
                        .build())
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();

        assertThat(review.verdict).isNotNull();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.output.type", "json")
                .containsEntry("gen_ai.usage.output_tokens", (long) tokens().output());
    }

    @Test
    void disabledTelemetryGivesTheClientItself() {
        GenAiTelemetry off =
                GenAiTelemetry.builder(otel.getOpenTelemetry()).enabled(false).build();

        assertThat(InstrumentedOpenAi.wrap(bare, off)).isSameAs(bare);
    }

    @Test
    void answerIsTheSdksOwnObject() {
        assertThat(client.chat().completions().create(SdkCall.chat())).isExactlyInstanceOf(ChatCompletion.class);
        assertThat(client.models().list().data()).isNotEmpty();
        assertThat(client).isEqualTo(client).isNotEqualTo(bare);
    }

    private static void assertSpanAndMetricsAreTheJournals(SdkCall call) {
        Attempt.Tokens journal = tokens();
        boolean embedding = call == SdkCall.EMBEDDING;
        // Dollars per million: gpt-4o-mini 0.15 in and 0.60 out, text-embedding-3-small 0.02 in.
        double cost = embedding ? journal.input() * 0.02e-6 : journal.input() * 0.15e-6 + journal.output() * 0.60e-6;

        assertThat(onlySpan(otel).getName()).isEqualTo(call.spanName());
        assertThat(onlySpan(otel).getKind()).isEqualTo(SpanKind.CLIENT);
        Map<String, Object> span = attributes(onlySpan(otel));
        assertThat(span)
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("server.port", (long) server.baseUrl().getPort())
                .containsEntry("gen_ai.usage.input_tokens", (long) journal.input())
                .containsEntry("llm.outcome", "completed")
                .containsKey("gen_ai.response.model")
                .doesNotContainKey("error.type");
        assertThat((double) span.get("llm.cost.usd")).isCloseTo(cost, within(1e-12));
        assertThat(span.containsKey("gen_ai.response.time_to_first_chunk")).isEqualTo(call.streaming());
        if (embedding) {
            assertThat(metric("gen_ai.client.token.usage")).isEqualTo(Map.of("input", (double) journal.input()));
            return;
        }
        assertThat(span)
                .containsEntry("gen_ai.usage.output_tokens", (long) journal.output())
                .containsKeys("gen_ai.response.id", "gen_ai.response.finish_reasons");
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
