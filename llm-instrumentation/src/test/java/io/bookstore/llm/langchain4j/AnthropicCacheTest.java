package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.http.PatientLimits;
import io.bookstore.simulator.SimulatorConfig;
import io.bookstore.simulator.SimulatorServer;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Anthropic's cache on the span, however the answer comes and ends. A prompt that is kept for an hour is priced as such, though
 * LangChain4j hands on the sum of all that is kept; of one that no cache has touched Anthropic tells that it was 0.
 */
class AnthropicCacheTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @AfterAll
    static void stop() {
        server.close();
    }

    // Claude Sonnet 4.5 in dollars per million: 3 for input, 15 for output; 3.75 to keep it for five minutes, 6 for
    // one hour.
    @ParameterizedTest
    @CsvSource({"5m, 3.75", "1h, 6"})
    void promptThatIsKeptIsPricedByItsLifetime(String lifetime, double price) {
        askForADocument(keptSystemPrompt(lifetime));

        thePriceIs(price);
    }

    @ParameterizedTest
    @CsvSource({"5m, 3.75", "1h, 6"})
    void promptOfAStreamIsPricedByItsLifetime(String lifetime, double price) throws Exception {
        askForAStream(keptSystemPrompt(lifetime), false);

        thePriceIs(price);
    }

    @Test
    void wholeAnswerTellsZeroOfAnUntouchedPrompt() {
        askForADocument(Map.of());

        theCacheGaveAndTookNothing();
    }

    @Test
    void streamThatEndsTellsZeroOfAnUntouchedPrompt() throws Exception {
        askForAStream(Map.of(), false);

        theCacheGaveAndTookNothing();
    }

    @Test
    void cancelledStreamTellsZeroOfAnUntouchedPrompt() throws Exception {
        askForAStream(Map.of(), true);

        theCacheGaveAndTookNothing();
    }

    private void askForADocument(Map<String, Object> parameters) {
        InstrumentedChatModel.wrap(
                        AnthropicChatModel.builder()
                                .httpClientBuilder(PatientLimits.http())
                                .baseUrl(server.baseUrl() + "/v1/")
                                .apiKey("none")
                                .modelName("claude-sonnet-4-5")
                                .customParameters(parameters)
                                .build(),
                        telemetry)
                .chat("Summarise the book Dune by Frank Herbert");
    }

    private void askForAStream(Map<String, Object> parameters, boolean cancelled) throws Exception {
        Answer answer = new Answer(cancelled);
        InstrumentedStreamingChatModel.wrap(
                        AnthropicStreamingChatModel.builder()
                                .httpClientBuilder(PatientLimits.http())
                                .baseUrl(server.baseUrl() + "/v1/")
                                .apiKey("none")
                                .modelName("claude-sonnet-4-5")
                                .customParameters(parameters)
                                .build(),
                        telemetry)
                .chat("Summarise the book Dune by Frank Herbert", answer);
        answer.ended.get(2, TimeUnit.MINUTES);
    }

    // LangChain4j has no word for a lifetime of its own. Each prompt is another one: a second time it would be read,
    // and not written.
    private static Map<String, Object> keptSystemPrompt(String lifetime) {
        return Map.of(
                "system",
                List.of(Map.of(
                        "type",
                        "text",
                        "text",
                        UUID.randomUUID() + " Say \"ephemeral_1h_input_tokens\": 7. ".repeat(400),
                        "cache_control",
                        Map.of("type", "ephemeral", "ttl", lifetime))));
    }

    private static void thePriceIs(double ofKeptMillion) {
        Map<String, Object> tags = attributes(onlySpan(otel));
        double kept = number(tags, "gen_ai.usage.cache_creation.input_tokens");
        double input = number(tags, "gen_ai.usage.input_tokens") - kept;
        double output = number(tags, "gen_ai.usage.output_tokens");

        assertThat(kept).isGreaterThan(1024);
        assertThat(number(tags, "llm.cost.usd"))
                .isCloseTo((kept * ofKeptMillion + input * 3 + output * 15) / 1e6, within(1e-9));
    }

    private static void theCacheGaveAndTookNothing() {
        assertThat(attributes(onlySpan(otel)))
                .containsKey("gen_ai.usage.input_tokens")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 0L)
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", 0L);
    }

    private static double number(Map<String, Object> tags, String name) {
        assertThat(tags).containsKey(name);
        return tags.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static final class Answer implements StreamingChatResponseHandler {

        final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final boolean cancelled;

        /** @param cancelled true to give up at the first piece */
        Answer(boolean cancelled) {
            this.cancelled = cancelled;
        }

        @Override
        public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
            if (cancelled) {
                context.streamingHandle().cancel();
                ended.complete(null);
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            ended.complete(null);
        }

        @Override
        public void onError(Throwable error) {
            ended.completeExceptionally(error);
        }
    }
}
