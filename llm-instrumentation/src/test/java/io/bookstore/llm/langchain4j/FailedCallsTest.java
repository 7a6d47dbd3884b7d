package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.error.ErrorType;
import io.bookstore.llm.langchain4j.http.ProviderHttpException;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whichever wrapper sees it, a failure reaches the host as it is, and the span says what it means. */
class FailedCallsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @ParameterizedTest
    @EnumSource
    void causesInACircleReachTheHostAsTheyAre(Wrapper wrapper) {
        IllegalStateException circle = new IllegalStateException("first");
        circle.initCause(new IllegalStateException("second", circle));

        assertThat(wrapper.failing(circle, GenAiTelemetry.create(otel.getOpenTelemetry())))
                .isSameAs(circle);

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "_OTHER");
        assertThat(ProviderHttpException.in(circle)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void classifierOfTheHostIsAskedFirst(Wrapper wrapper) {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .errors(error -> error instanceof RateLimitException ? ErrorType.OVERLOADED : ErrorType.of(error))
                .build();

        wrapper.failing(new RateLimitException("slow down"), telemetry);

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "overloaded");
    }

    @ParameterizedTest
    @EnumSource
    void whatTheClassifierOfTheHostDoesNotKnowIsToldByTheAdapter(Wrapper wrapper) {
        GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
                .errors(ErrorType::of)
                .build();

        wrapper.failing(new RateLimitException("slow down"), telemetry);

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "rate_limited");
    }

    /** Each way in which a failure comes to a wrapper. */
    private enum Wrapper {
        CHAT {
            @Override
            @Nullable
            Throwable failing(RuntimeException error, GenAiTelemetry telemetry) {
                ChatModel model = new ChatModel() {
                    @Override
                    public ChatResponse doChat(ChatRequest request) {
                        throw error;
                    }
                };
                return catchThrowable(
                        () -> InstrumentedChatModel.wrap(model, telemetry).chat("hello"));
            }
        },
        STREAM_THAT_THROWS {
            @Override
            @Nullable
            Throwable failing(RuntimeException error, GenAiTelemetry telemetry) {
                StreamingChatModel model = new StreamingChatModel() {
                    @Override
                    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                        throw error;
                    }
                };
                return catchThrowable(() ->
                        InstrumentedStreamingChatModel.wrap(model, telemetry).chat(REQUEST, new LastError()));
            }
        },
        STREAM_THAT_REPORTS {
            @Override
            @Nullable
            Throwable failing(RuntimeException error, GenAiTelemetry telemetry) {
                StreamingChatModel model = new StreamingChatModel() {
                    @Override
                    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                        handler.onError(error);
                    }
                };
                LastError host = new LastError();
                InstrumentedStreamingChatModel.wrap(model, telemetry).chat(REQUEST, host);
                return host.received;
            }
        },
        CALLBACK {
            @Override
            @Nullable
            Throwable failing(RuntimeException error, GenAiTelemetry telemetry) {
                StreamingChatModel model = new StreamingChatModel() {
                    @Override
                    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                        handler.onPartialResponse("hello");
                    }
                };
                return catchThrowable(() -> InstrumentedStreamingChatModel.wrap(model, telemetry)
                        .chat(REQUEST, new LastError() {
                            @Override
                            public void onPartialResponse(String text) {
                                throw error;
                            }
                        }));
            }
        },
        EMBEDDING {
            @Override
            @Nullable
            Throwable failing(RuntimeException error, GenAiTelemetry telemetry) {
                EmbeddingModel model = new EmbeddingModel() {
                    @Override
                    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                        throw error;
                    }
                };
                return catchThrowable(
                        () -> InstrumentedEmbeddingModel.wrap(model, telemetry).embed("hello"));
            }
        };

        private static final ChatRequest REQUEST =
                ChatRequest.builder().messages(UserMessage.from("hello")).build();

        /** The exception that the host gets of a model that fails so. */
        @Nullable
        abstract Throwable failing(RuntimeException error, GenAiTelemetry telemetry);
    }

    private static class LastError implements StreamingChatResponseHandler {

        @Nullable
        Throwable received;

        @Override
        public void onCompleteResponse(ChatResponse response) {
            // These streams fail.
        }

        @Override
        public void onError(Throwable failure) {
            received = failure;
        }
    }
}
