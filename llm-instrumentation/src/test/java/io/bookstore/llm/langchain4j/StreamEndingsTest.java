package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.TokenUsage;
import io.bookstore.llm.GenAiTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** However a stream ends, its span ends once. */
class StreamEndingsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final ChatRequest REQUEST = ChatRequest.builder()
            .modelName("m")
            .messages(UserMessage.from("hello"))
            .build();
    private static final ChatResponse RESPONSE = ChatResponse.builder()
            .aiMessage(AiMessage.from("hello you"))
            .tokenUsage(new TokenUsage(3, 2))
            .build();

    private final GenAiTelemetry telemetry = GenAiTelemetry.create(otel.getOpenTelemetry());

    @Test
    void completeStream() {
        Recording host = new Recording();

        stream(host, handler -> {
            handler.onPartialResponse(partial("hello"), context(new Handle()));
            handler.onCompleteResponse(RESPONSE);
            handler.onError(new IllegalStateException("too late to count"));
        });

        assertThat(host.text).isEqualTo("hello");
        assertThat(host.response).isSameAs(RESPONSE);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "completed")
                .containsEntry("gen_ai.usage.input_tokens", 3L)
                .containsKey("gen_ai.response.time_to_first_chunk")
                .doesNotContainKeys("error.type", "llm.usage.complete");
    }

    @Test
    void failedStream() {
        Recording host = new Recording();
        RateLimitException failure = new RateLimitException("slow down");

        stream(host, handler -> {
            handler.onError(failure);
            handler.onCompleteResponse(RESPONSE);
        });

        assertThat(host.error).isSameAs(failure);
        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "rate_limited");
    }

    @Test
    void callbackThatThrowsKeepsItsExceptionAndEndsTheSpan() {
        IllegalStateException defect = new IllegalStateException("host's");

        assertThatThrownBy(() -> stream(new Throwing(defect), handler -> handler.onPartialResponse("hello")))
                .isSameAs(defect);

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "_OTHER");
    }

    @Test
    void virtualMachineErrorInACallbackPassesThroughAndEndsTheSpan() {
        OutOfMemoryError error = new OutOfMemoryError("host's");

        assertThatThrownBy(() -> stream(new Throwing(error), handler -> handler.onPartialThinking(thinking())))
                .isSameAs(error);

        assertThat(attributes(onlySpan(otel))).containsEntry("llm.outcome", "failed");
    }

    @Test
    void lastCallbackThatThrowsComesTooLateToFailTheCall() {
        IllegalStateException defect = new IllegalStateException("host's");

        assertThatThrownBy(() -> stream(new Throwing(defect), handler -> handler.onCompleteResponse(RESPONSE)))
                .isSameAs(defect);

        assertThat(attributes(onlySpan(otel))).containsEntry("llm.outcome", "completed");
    }

    @Test
    void modelThatThrowsAtOnce() {
        IllegalArgumentException refusal = new IllegalArgumentException("no messages");

        assertThatThrownBy(() -> stream(new Recording(), handler -> {
                    throw refusal;
                }))
                .isSameAs(refusal);

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "_OTHER");
    }

    @Test
    void cancelEndsTheSpanWithoutAnErrorAndReachesTheModel() {
        Handle handle = new Handle();
        Recording host = new Recording() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                context.streamingHandle().cancel();
                assertThat(context.streamingHandle().isCancelled()).isTrue();
            }
        };

        stream(host, handler -> handler.onPartialResponse(partial("hello"), context(handle)));

        assertThat(handle.cancelled).isTrue();
        assertThat(onlySpan(otel).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "cancelled")
                .doesNotContainKey("error.type");
    }

    @Test
    void streamThatNobodyHoldsAnyMoreEndsAsCancelled() {
        stream(new Recording(), handler -> handler.onPartialResponse("hello"));

        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            System.gc();
            return !otel.getSpans().isEmpty();
        });
        assertThat(attributes(onlySpan(otel))).containsEntry("llm.outcome", "cancelled");
    }

    @Test
    void firstThinkingIsTheFirstChunk() {
        stream(new Recording(), handler -> {
            handler.onPartialThinking(thinking());
            handler.onCompleteResponse(RESPONSE);
        });

        assertThat(attributes(onlySpan(otel))).containsKey("gen_ai.response.time_to_first_chunk");
    }

    @Test
    void nestedWrapperAddsNothing() {
        StreamingChatModel inner = InstrumentedStreamingChatModel.wrap(
                scripted(handler -> handler.onCompleteResponse(RESPONSE)), telemetry);

        InstrumentedStreamingChatModel.wrap(inner, telemetry).chat(REQUEST, new Recording());

        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void callMadeFromTheLastCallbackIsAnotherSpanUnderTheCaller() {
        StreamingChatModel model = InstrumentedStreamingChatModel.wrap(
                scripted(handler -> handler.onCompleteResponse(RESPONSE)), telemetry);
        Span caller =
                otel.getOpenTelemetry().getTracer("test").spanBuilder("caller").startSpan();

        try (Scope ignored = caller.makeCurrent()) {
            model.chat(REQUEST, new Recording() {
                @Override
                public void onCompleteResponse(ChatResponse first) {
                    model.chat(REQUEST, new Recording());
                }
            });
        }

        assertThat(otel.getSpans())
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getParentSpanId())
                        .isEqualTo(caller.getSpanContext().getSpanId()));
    }

    private void stream(StreamingChatResponseHandler host, Script script) {
        InstrumentedStreamingChatModel.wrap(scripted(script), telemetry).chat(REQUEST, host);
    }

    private static StreamingChatModel scripted(Script script) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                script.play(handler);
            }
        };
    }

    private static PartialResponse partial(String text) {
        return new PartialResponse(text);
    }

    private static PartialThinking thinking() {
        return new PartialThinking("hm");
    }

    private static PartialResponseContext context(StreamingHandle handle) {
        return new PartialResponseContext(handle);
    }

    private interface Script {
        void play(StreamingChatResponseHandler handler);
    }

    private static final class Handle implements StreamingHandle {
        boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    private static class Recording implements StreamingChatResponseHandler {
        String text = "";

        @Nullable
        ChatResponse response;

        @Nullable
        Throwable error;

        @Override
        public void onPartialResponse(String piece) {
            text += piece;
        }

        @Override
        public void onCompleteResponse(ChatResponse whole) {
            response = whole;
        }

        @Override
        public void onError(Throwable failure) {
            error = failure;
        }
    }

    private static final class Throwing implements StreamingChatResponseHandler {
        private final Throwable defect;

        Throwing(Throwable defect) {
            this.defect = defect;
        }

        @Override
        public void onPartialResponse(String piece) {
            rethrow();
        }

        @Override
        public void onPartialThinking(PartialThinking piece) {
            rethrow();
        }

        @Override
        public void onCompleteResponse(ChatResponse whole) {
            rethrow();
        }

        @Override
        public void onError(Throwable failure) {}

        private void rethrow() {
            if (defect instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) defect;
        }
    }
}
