package io.bookstore.llm.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.bookstore.llm.GenAiTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;

/** Wraps a model of each kind, asks each twice and looks at it as a container of beans does; tells answers and spans. */
public final class LangChain4jProgram {

    private static final ChatRequest REQUEST = ChatRequest.builder()
            .modelName("m")
            .messages(UserMessage.from("hello"))
            .build();

    private LangChain4jProgram() {}

    public static String run() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build()) {
            GenAiTelemetry telemetry = GenAiTelemetry.create(sdk);
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < 2; i++) {
                ChatModel chat = InstrumentedChatModel.wrap(new Chat(), telemetry);
                StreamingChatModel streaming = InstrumentedStreamingChatModel.wrap(new Streaming(), telemetry);
                EmbeddingModel embeddings = InstrumentedEmbeddingModel.wrap(new Embeddings(), telemetry);
                for (Object bean : List.of(chat, streaming, embeddings)) {
                    said.append(bean.getClass().getDeclaredMethods().length > 0 ? "" : "no methods\n");
                }
                said.append(chat.chat(REQUEST).aiMessage().text()).append('\n');
                streaming.chat(REQUEST, new Printing(said));
                said.append(embeddings.embed("hello").content().dimension()).append('\n');
            }
            spans.getFinishedSpanItems()
                    .forEach(span -> said.append(span.getName()).append('\n'));
            return said.toString();
        }
    }

    private static ChatResponse answer() {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("hello you"))
                .tokenUsage(new TokenUsage(3, 2))
                .build();
    }

    private static final class Chat implements ChatModel {

        @Override
        public ChatResponse doChat(ChatRequest request) {
            return answer();
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.OPEN_AI;
        }
    }

    private static final class Streaming implements StreamingChatModel {

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            handler.onPartialResponse("streamed");
            handler.onCompleteResponse(answer());
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.OPEN_AI;
        }
    }

    private static final class Embeddings implements EmbeddingModel {

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            return Response.from(List.of(Embedding.from(new float[] {1, 2})), new TokenUsage(3));
        }

        @Override
        public String modelName() {
            return "e";
        }
    }

    private record Printing(StringBuilder said) implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String text) {
            said.append(text).append('\n');
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {}

        @Override
        public void onError(Throwable error) {
            said.append(error).append('\n');
        }
    }
}
