package io.bookstore.llm.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.TokenStream;
import io.bookstore.llm.GenAiTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;

/** Asks an agent with a tool and a retrieval, whole and streamed; tells answers and spans. */
public final class AgentProgram {

    private AgentProgram() {}

    public static String run() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build()) {
            GenAiTelemetry telemetry = GenAiTelemetry.create(sdk);
            StringBuilder said = new StringBuilder();
            said.append(InstrumentedAiServices.builder(Keeper.class, telemetry)
                            .chatModel(new Chat())
                            .tools(new Shelf())
                            .contentRetriever(query -> List.of())
                            .build()
                            .ask("hello"))
                    .append('\n');
            InstrumentedAiServices.builder(StreamingKeeper.class, telemetry)
                    .streamingChatModel(new Streaming())
                    .tools(new Shelf())
                    .build()
                    .ask("hello")
                    .onPartialResponse(text -> said.append(text).append('\n'))
                    .onError(said::append)
                    .start();
            return said + SpanTree.of(spans.getFinishedSpanItems());
        }
    }

    private static ChatResponse answer(ChatRequest request) {
        boolean told = request.messages().get(request.messages().size() - 1) instanceof ToolExecutionResultMessage;
        return ChatResponse.builder()
                .aiMessage(
                        told
                                ? AiMessage.from("three")
                                : AiMessage.from(ToolExecutionRequest.builder()
                                        .id("1")
                                        .name("count")
                                        .arguments("{}")
                                        .build()))
                .tokenUsage(new TokenUsage(3, 2))
                .build();
    }

    interface Keeper {

        String ask(String question);
    }

    interface StreamingKeeper {

        TokenStream ask(String question);
    }

    static final class Shelf {

        @Tool
        String count() {
            return "3";
        }
    }

    private static final class Chat implements ChatModel {

        @Override
        public ChatResponse doChat(ChatRequest request) {
            return answer(request);
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return ChatRequestParameters.builder().modelName("m").build();
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.OPEN_AI;
        }
    }

    private static final class Streaming implements StreamingChatModel {

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            ChatResponse answer = answer(request);
            if (answer.aiMessage().text() != null) {
                handler.onPartialResponse(answer.aiMessage().text());
            }
            handler.onCompleteResponse(answer);
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return ChatRequestParameters.builder().modelName("m").build();
        }

        @Override
        public ModelProvider provider() {
            return ModelProvider.OPEN_AI;
        }
    }
}
