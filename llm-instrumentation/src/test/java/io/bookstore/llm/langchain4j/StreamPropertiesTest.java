package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.TokenUsage;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.llm.semconv.GenAiConventions;
import io.bookstore.llm.testing.GenAiConformance;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A stream makes one span that conforms, and leaks no scope, in whichever callback the host throws or cancels. */
class StreamPropertiesTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private static final int CHUNKS = 12;
    private static final ChatRequest REQUEST = ChatRequest.builder()
            .modelName("m")
            .messages(UserMessage.from("hello"))
            .build();
    private static final ChatResponse RESPONSE = ChatResponse.builder()
            .aiMessage(AiMessage.from("hello you"))
            .tokenUsage(new TokenUsage(3, 2))
            .build();
    private static final PartialResponse TEXT = new PartialResponse("hello");
    private static final PartialThinking THINKING = new PartialThinking("hm");
    private static final PartialToolCall PIECE = PartialToolCall.builder()
            .index(0)
            .name("clock")
            .partialArguments("{")
            .build();
    private static final CompleteToolCall TOOL = new CompleteToolCall(
            0, ToolExecutionRequest.builder().name("clock").arguments("{}").build());

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();

    @AfterEach
    void spansConformAndNoScopeIsLeftOpen() {
        GenAiConformance.of(GenAiConventions.V1_41).assertConforms(otel.getSpans(), otel.getMetrics());
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    static Stream<Integer> chunkIndexes() {
        return IntStream.range(0, CHUNKS).boxed();
    }

    @ParameterizedTest
    @MethodSource("chunkIndexes")
    void streamMayBeCancelledAtEveryChunk(int cancelAt) {
        Handle handle = new Handle();
        AtomicInteger sent = new AtomicInteger();

        stream(new CancellingHost(cancelAt), model -> {
            while (sent.get() < CHUNKS && !handle.cancelled) {
                sent.incrementAndGet();
                model.onPartialResponse(TEXT, new PartialResponseContext(handle));
            }
        });

        assertThat(sent).hasValue(cancelAt + 1);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", "cancelled")
                .containsKey("gen_ai.response.time_to_first_chunk")
                .doesNotContainKey("error.type");
    }

    /** Every callback that LangChain4j has, as a provider's client calls it. */
    static Stream<Arguments> callbacks() {
        StreamingHandle handle = new Handle();
        Map<String, Consumer<StreamingChatResponseHandler>> calls = new TreeMap<>();
        calls.put("text", model -> model.onPartialResponse("hello"));
        calls.put("text, cancellable", model -> model.onPartialResponse(TEXT, new PartialResponseContext(handle)));
        calls.put("thinking", model -> model.onPartialThinking(THINKING));
        calls.put(
                "thinking, cancellable",
                model -> model.onPartialThinking(THINKING, new PartialThinkingContext(handle)));
        calls.put("piece of a tool call", model -> model.onPartialToolCall(PIECE));
        calls.put(
                "piece of a tool call, cancellable",
                model -> model.onPartialToolCall(PIECE, new PartialToolCallContext(handle)));
        calls.put("tool call", model -> model.onCompleteToolCall(TOOL));
        calls.put("raw event", model -> model.onUnmappedRawEvent("event"));
        calls.put("answer", model -> model.onCompleteResponse(RESPONSE));
        calls.put("error", model -> model.onError(new IllegalStateException("provider's")));
        return calls.entrySet().stream().map(call -> Arguments.of(call.getKey(), call.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callbacks")
    void callbackThatThrowsIsSeenByTheClientAndEndsTheSpan(
            String name, Consumer<StreamingChatResponseHandler> callback) {
        IllegalStateException defect = new IllegalStateException("host's");

        Throwable seen = catchThrowable(() -> stream(throwing(defect), callback));

        assertThat(seen).as(name).isSameAs(defect);
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("llm.outcome", name.equals("answer") ? "completed" : "failed");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callbacks")
    void callThatIsMadeAfterTheEndChangesNothing(String name, Consumer<StreamingChatResponseHandler> callback) {
        stream(throwing(null), model -> {
            model.onCompleteResponse(RESPONSE);
            callback.accept(model);
        });

        assertThat(attributes(onlySpan(otel)))
                .as(name)
                .containsEntry("llm.outcome", "completed")
                .containsEntry("gen_ai.usage.output_tokens", 2L);
    }

    @Test
    void everyKindOfPieceMayBeTheFirst() {
        callbacks()
                .filter(callback ->
                        !Stream.of("answer", "error", "raw event").toList().contains((String) callback.get()[0]))
                .forEach(this::streamOnePiece);

        assertThat(otel.getSpans())
                .hasSize(7)
                .allSatisfy(span -> assertThat(attributes(span)).containsKey("gen_ai.response.time_to_first_chunk"));
    }

    @SuppressWarnings("unchecked") // As callbacks() made them.
    private void streamOnePiece(Arguments callback) {
        stream(throwing(null), model -> {
            ((Consumer<StreamingChatResponseHandler>) callback.get()[1]).accept(model);
            model.onCompleteResponse(RESPONSE);
        });
    }

    private void stream(StreamingChatResponseHandler host, Consumer<StreamingChatResponseHandler> script) {
        StreamingChatModel scripted = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                script.accept(handler);
            }
        };
        InstrumentedStreamingChatModel.wrap(scripted, telemetry).chat(REQUEST, host);
    }

    /** A host that throws from whatever is called; one that does nothing if there is nothing to throw. */
    private static StreamingChatResponseHandler throwing(@Nullable RuntimeException defect) {
        return (StreamingChatResponseHandler) Proxy.newProxyInstance(
                StreamPropertiesTest.class.getClassLoader(),
                new Class<?>[] {StreamingChatResponseHandler.class},
                (proxy, method, arguments) -> {
                    if (defect != null) {
                        throw defect;
                    }
                    return null;
                });
    }

    private static final class CancellingHost implements StreamingChatResponseHandler {

        private final int cancelAt;
        private int chunk;

        CancellingHost(int cancelAt) {
            this.cancelAt = cancelAt;
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            if (chunk++ == cancelAt) {
                context.streamingHandle().cancel();
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            throw new AssertionError("a cancelled stream has no answer");
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError("a cancelled stream is no error", error);
        }
    }

    private static final class Handle implements StreamingHandle {

        private boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
