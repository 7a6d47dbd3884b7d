package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static io.bookstore.llm.SpanReader.onlySpan;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.bookstore.llm.GenAiTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls that are measured from outside have the span that a wrapper would give them. */
class ModelCallsTest {

    private static final ChatRequest REQUEST = ChatRequest.builder()
            .modelName("gpt-4o-mini")
            .messages(UserMessage.from("hello"))
            .build();

    private static final ChatResponse ANSWER = ChatResponse.builder()
            .aiMessage(AiMessage.from("hello you"))
            .modelName("gpt-4o-mini")
            .tokenUsage(new TokenUsage(3, 2))
            .build();

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    private final ChatModel chat = new ChatModel() {
        @Override
        public ModelProvider provider() {
            return ModelProvider.OPEN_AI;
        }
    };
    private final StreamingChatModel streaming = new StreamingChatModel() {};
    private final EmbeddingModel embeddings = new Vectors();
    private final ModelCalls calls = ModelCalls.of(GenAiTelemetry.create(otel.getOpenTelemetry()));

    @Test
    void chatHasItsSpanWhileItRunsAndTheTokensOfItsAnswer() {
        ModelCall call = requireNonNull(calls.startChat(chat, REQUEST));
        assertThat(Span.current().getSpanContext().isValid()).isTrue();

        call.returned(ANSWER);

        assertThat(Span.current().getSpanContext().isValid()).isFalse();
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.request.model", "gpt-4o-mini")
                .containsEntry("gen_ai.usage.input_tokens", 3L)
                .containsEntry("gen_ai.usage.output_tokens", 2L)
                .containsKey("llm.cost.usd");
    }

    @Test
    void callWithinACallOfTheSameModelIsPartOfIt() {
        ModelCall call = requireNonNull(calls.startChat(chat, REQUEST));

        assertThat(calls.startChat(chat, REQUEST)).isNull();

        call.returned(ANSWER);
        assertThat(otel.getSpans()).hasSize(1);
    }

    @Test
    void failureIsClassifiedAsAWrapperDoes() {
        requireNonNull(calls.startChat(chat, REQUEST)).threw(new RateLimitException("slow down"));

        assertThat(attributes(onlySpan(otel))).containsEntry("error.type", "rate_limited");
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void streamEndsWithItsLastCallbackAndNotWithTheReturnOfTheModel() {
        Texts host = new Texts();
        ModelCall call = requireNonNull(calls.startStream(streaming, REQUEST));
        StreamingChatResponseHandler observed = call.observed(host);
        call.returned(null);
        assertThat(otel.getSpans()).isEmpty();

        observed.onPartialResponse("hello ");
        observed.onPartialResponse("you");
        observed.onCompleteResponse(ANSWER);

        assertThat(host.texts).containsExactly("hello ", "you", "complete");
        assertThat(attributes(onlySpan(otel)))
                .containsEntry("gen_ai.usage.output_tokens", 2L)
                .containsKey("gen_ai.response.time_to_first_chunk");
    }

    @Test
    void embeddingsHaveTheTokensOfEitherKindOfAnswer() {
        EmbeddingRequest request =
                EmbeddingRequest.builder().input("hello").modelName("asked").build();
        requireNonNull(calls.startEmbeddings(embeddings, request))
                .returned(Response.from(Embedding.from(new float[] {1}), new TokenUsage(5)));
        requireNonNull(calls.startEmbeddings(embeddings, "hello"))
                .returned(Response.from(Embedding.from(new float[] {1}), new TokenUsage(7)));

        assertThat(otel.getSpans())
                .extracting(span -> span.getName() + " " + attributes(span).get("gen_ai.usage.input_tokens"))
                .containsExactly("embeddings asked 5", "embeddings named 7");
    }

    @Test
    void disabledTelemetryMeasuresNothing() {
        ModelCalls off = ModelCalls.of(
                GenAiTelemetry.builder(otel.getOpenTelemetry()).enabled(false).build());

        assertThat(off.startChat(chat, REQUEST)).isNull();
        assertThat(off.startStream(streaming, REQUEST)).isNull();
        assertThat(off.startEmbeddings(embeddings, "hello")).isNull();
    }

    private static final class Vectors implements EmbeddingModel {

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String modelName() {
            return "named";
        }
    }

    private static final class Texts implements StreamingChatResponseHandler {

        private final List<String> texts = new ArrayList<>();

        @Override
        public void onPartialResponse(String text) {
            texts.add(text);
        }

        @Override
        public void onCompleteResponse(@Nullable ChatResponse response) {
            texts.add("complete");
        }

        @Override
        public void onError(Throwable error) {
            texts.add("error");
        }
    }
}
