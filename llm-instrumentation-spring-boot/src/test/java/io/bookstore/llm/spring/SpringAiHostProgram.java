package io.bookstore.llm.spring;

import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import reactor.core.publisher.Flux;

/** An application with two models; run with another Spring AI than these tests have. */
public final class SpringAiHostProgram {

    private SpringAiHostProgram() {}

    /** Returns the answers of a call and a stream, the text of an embedded document, and whether the beans are measured. */
    public static String run() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(LlmInstrumentationAutoConfiguration.class);
            context.registerBean(OpenTelemetry.class, OpenTelemetry::noop);
            context.registerBean(Echo.class);
            context.registerBean(Ones.class);
            context.refresh();
            ChatModel model = context.getBean(ChatModel.class);
            EmbeddingModel embeddings = context.getBean(EmbeddingModel.class);
            String streamed = model.stream("hello").blockLast();
            embeddings.embed(List.of(new Document("hello")), null, documents -> List.of(documents));
            return "%s %s %s %s"
                    .formatted(
                            model.call("hello"),
                            streamed,
                            context.getBean(Ones.class).embedded(),
                            model.getClass() == Echo.class ? "bare" : "measured");
        }
    }

    static class Echo implements ChatModel {

        @Override
        public ChatResponse call(Prompt prompt) {
            return new ChatResponse(
                    List.of(new Generation(new AssistantMessage("echo"))),
                    ChatResponseMetadata.builder()
                            .usage(new DefaultUsage(10, 1))
                            .build());
        }

        @Override
        public Flux<ChatResponse> stream(Prompt prompt) {
            return Flux.just(call(prompt));
        }
    }

    static class Ones implements EmbeddingModel {

        private String embedded = "";

        String embedded() {
            return embedded;
        }

        @Override
        public EmbeddingResponse call(EmbeddingRequest request) {
            embedded = request.getInstructions().get(0);
            return new EmbeddingResponse(List.of(new Embedding(new float[] {1, 1}, 0)));
        }

        @Override
        public float[] embed(Document document) {
            return new float[] {1, 1};
        }

        /** Overrides a method that Spring AI 2.0 alone has. */
        public String getEmbeddingContent(Document document) {
            return "content";
        }
    }
}
