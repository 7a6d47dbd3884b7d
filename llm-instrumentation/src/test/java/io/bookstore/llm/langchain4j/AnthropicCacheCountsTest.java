package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Anthropic tells of a prompt that no cache has touched that it was 0; so do all spans, however the answer comes and ends. */
class AnthropicCacheCountsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final SimulatorServer server =
            SimulatorServer.start(SimulatorConfig.defaults().withPort(0).withProfile("zero"));

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void wholeAnswerTellsZero() {
        InstrumentedChatModel.wrap(
                        AnthropicChatModel.builder()
                                .httpClientBuilder(PatientLimits.http())
                                .baseUrl(server.baseUrl() + "/v1/")
                                .apiKey("none")
                                .modelName("claude-sonnet-4-5")
                                .build(),
                        telemetry)
                .chat("Summarise the book Dune by Frank Herbert");

        theCacheGaveAndTookNothing();
    }

    @Test
    void streamThatEndsTellsZero() throws Exception {
        stream(false);

        theCacheGaveAndTookNothing();
    }

    @Test
    void cancelledStreamTellsZero() throws Exception {
        stream(true);

        theCacheGaveAndTookNothing();
    }

    private static void theCacheGaveAndTookNothing() {
        assertThat(attributes(onlySpan(otel)))
                .containsKey("gen_ai.usage.input_tokens")
                .containsEntry("gen_ai.usage.cache_read.input_tokens", 0L)
                .containsEntry("gen_ai.usage.cache_creation.input_tokens", 0L);
    }

    private void stream(boolean cancelled) throws InterruptedException {
        Answer answer = new Answer(cancelled);
        InstrumentedStreamingChatModel.wrap(
                        AnthropicStreamingChatModel.builder()
                                .httpClientBuilder(PatientLimits.http())
                                .baseUrl(server.baseUrl() + "/v1/")
                                .apiKey("none")
                                .modelName("claude-sonnet-4-5")
                                .build(),
                        telemetry)
                .chat("Summarise the book Dune by Frank Herbert", answer);
        assertThat(answer.ended.await(2, TimeUnit.MINUTES)).isTrue();
    }

    private static final class Answer implements StreamingChatResponseHandler {

        private final CountDownLatch ended = new CountDownLatch(1);
        private final boolean cancelled;

        Answer(boolean cancelled) {
            this.cancelled = cancelled;
        }

        @Override
        public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
            if (cancelled) {
                context.streamingHandle().cancel();
                ended.countDown();
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            ended.countDown();
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError(error);
        }
    }
}
