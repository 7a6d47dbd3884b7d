package io.bookstore.llm.langchain4j;

import static io.bookstore.llm.SpanReader.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.bookstore.testing.Warnings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that the adapter cannot read, of another version of LangChain4j perhaps, serves its host all the same. */
class AdapterDefectsTest {

    @RegisterExtension
    static final OpenTelemetryExtension otel = OpenTelemetryExtension.create();

    @RegisterExtension
    final Warnings log = new Warnings();

    private static final ChatRequest REQUEST = ChatRequest.builder()
            .modelName("m")
            .messages(UserMessage.from("hello"))
            .build();

    private final GenAiTelemetry telemetry = GenAiTelemetry.builder(otel.getOpenTelemetry())
            .metrics(OpenTelemetryRecorder.create(otel.getOpenTelemetry()))
            .build();

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tokens, read_response", "provider, read_request", "defaults, read_request"})
    void unreadableChatIsAnsweredAndTheDefectIsToldOnce(String part, String stage) {
        ChatModel model = InstrumentedChatModel.wrap(new Chat(part), telemetry);

        for (int i = 0; i < 3; i++) {
            assertThat(model.chat(REQUEST).aiMessage().text()).isEqualTo("hello you");
        }

        thereAreThreeSpansOneWarningAndACount(stage);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tokens, read_response", "provider, read_request", "defaults, read_request"})
    void unreadableStreamIsAnsweredAndTheDefectIsToldOnce(String part, String stage) {
        StreamingChatModel model = InstrumentedStreamingChatModel.wrap(new StreamingChat(part), telemetry);

        for (int i = 0; i < 3; i++) {
            AtomicReference<ChatResponse> answer = new AtomicReference<>();
            model.chat(REQUEST, new Answer(answer));
            assertThat(answer)
                    .hasValueMatching(
                            whole -> "hello you".equals(whole.aiMessage().text()));
        }

        thereAreThreeSpansOneWarningAndACount(stage);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"tokens, read_response", "provider, read_request", "model, read_request"})
    void unreadableEmbeddingIsAnsweredAndTheDefectIsToldOnce(String part, String stage) {
        EmbeddingModel model = InstrumentedEmbeddingModel.wrap(new Embeddings(part), telemetry);

        for (int i = 0; i < 3; i++) {
            assertThat(model.embed("hello").content().dimension()).isEqualTo(2);
        }

        thereAreThreeSpansOneWarningAndACount(stage);
    }

    private void thereAreThreeSpansOneWarningAndACount(String stage) {
        assertThat(otel.getSpans())
                .hasSize(3)
                .allSatisfy(span -> assertThat(attributes(span)).containsEntry("llm.outcome", "completed"));
        assertThat(log.all())
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("failed to " + stage + ";", "NoSuchMethodError"));
        assertThat(otel.getMetrics().stream()
                        .filter(metric -> metric.getName().equals("llm.instrumentation.failures"))
                        .flatMap(metric -> metric.getDoubleSumData().getPoints().stream())
                        .map(point -> point.getAttributes().get(AttributeKey.stringKey("stage")) + " "
                                + (long) point.getValue()))
                .containsExactly(stage + " 3");
    }

    // As if the method were not there.
    private static <T> T missing(String broken, String part, T otherwise) {
        if (broken.equals(part)) {
            throw new NoSuchMethodError(part);
        }
        return otherwise;
    }

    private static TokenUsage usage(String broken) {
        return new TokenUsage(3, 2) {
            @Override
            public Integer inputTokenCount() {
                return missing(broken, "tokens", 3);
            }
        };
    }

    private static ChatResponse response(String broken) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("hello you"))
                .tokenUsage(usage(broken))
                .build();
    }

    private record Chat(String broken) implements ChatModel {

        @Override
        public ChatResponse chat(ChatRequest request) {
            return response(broken);
        }

        @Override
        public ModelProvider provider() {
            return missing(broken, "provider", ModelProvider.OPEN_AI);
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return missing(broken, "defaults", ChatRequestParameters.builder().build());
        }
    }

    private record StreamingChat(String broken) implements StreamingChatModel {

        @Override
        public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
            handler.onCompleteResponse(response(broken));
        }

        @Override
        public ModelProvider provider() {
            return missing(broken, "provider", ModelProvider.OPEN_AI);
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return missing(broken, "defaults", ChatRequestParameters.builder().build());
        }
    }

    private record Embeddings(String broken) implements EmbeddingModel {

        @Override
        public Response<Embedding> embed(String text) {
            return Response.from(Embedding.from(new float[] {1, 2}), usage(broken));
        }

        @Override
        public ModelProvider provider() {
            return missing(broken, "provider", ModelProvider.OPEN_AI);
        }

        @Override
        public String modelName() {
            return missing(broken, "model", "m");
        }
    }

    private record Answer(AtomicReference<ChatResponse> response) implements StreamingChatResponseHandler {

        @Override
        public void onCompleteResponse(ChatResponse whole) {
            response.set(whole);
        }

        @Override
        public void onError(Throwable error) {
            throw new AssertionError(error);
        }
    }
}
