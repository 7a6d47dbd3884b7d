package io.bookstore.llm.agent;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.langchain4j.ModelCall;
import io.bookstore.llm.langchain4j.ModelCalls;
import io.bookstore.llm.otel.OpenTelemetryRecorder;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;

/** The calls of one application, which go to the agent's own OpenTelemetry. */
final class AgentCalls {

    private static final ModelCalls calls = ModelCalls.of(telemetry(GlobalOpenTelemetry.get()));

    private AgentCalls() {}

    private static GenAiTelemetry telemetry(OpenTelemetry agent) {
        return GenAiTelemetry.builder(agent)
                .metrics(OpenTelemetryRecorder.create(agent))
                .build();
    }

    static @Nullable ModelCall startChat(ChatModel model, ChatRequest request) {
        return isElsewhere(DelegatingModels.CHAT, model) ? null : calls.startChat(model, request);
    }

    /** Returns the call and the handler that goes in place of the application's, or null. */
    static Object @Nullable [] startStream(
            StreamingChatModel model, ChatRequest request, StreamingChatResponseHandler handler) {
        ModelCall call = isElsewhere(DelegatingModels.CHAT, model) ? null : calls.startStream(model, request);
        return call == null ? null : new Object[] {call, call.observed(handler)};
    }

    static @Nullable ModelCall startEmbeddings(EmbeddingModel model, @Nullable Object input) {
        return isElsewhere(DelegatingModels.EMBEDDINGS, model) ? null : calls.startEmbeddings(model, input);
    }

    /** Returns whether the call is measured by the application around it, or by the model that it goes to. */
    private static boolean isElsewhere(DelegatingModels delegating, Object model) {
        return delegating.contains(model) || ApplicationLibrary.measures();
    }

    /** Ends what advice has started, if it has. */
    static void end(@Nullable Object started, @Nullable Object result, @Nullable Throwable error) {
        if (started instanceof ModelCall call) {
            if (error == null) {
                call.returned(result);
            } else {
                call.threw(error);
            }
        }
    }
}
