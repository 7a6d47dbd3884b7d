package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import io.bookstore.llm.GenAiTelemetry;
import io.bookstore.llm.Inference;
import io.bookstore.llm.operation.InferenceResponse;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures calls of models from outside: before a method of a model runs, and after it has returned or thrown. For code that
 * cannot put a wrapper around a model, such as an extension of the OpenTelemetry Java agent. Thread-safe.
 *
 * <p>A call that is not measured is null: the telemetry is off, or the call is part of one under way, for example {@code doChat}
 * within {@code chat}, or LangChain4j is too old, which is told once.
 */
public final class ModelCalls {

    private final GenAiTelemetry telemetry;
    private final Map<LangChain4jVersion, Boolean> versions = new ConcurrentHashMap<>();

    private ModelCalls(GenAiTelemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Creates the calls of a telemetry. One object serves all models. */
    public static ModelCalls of(GenAiTelemetry telemetry) {
        return new ModelCalls(telemetry);
    }

    /** Starts a call whose model returns a {@code ChatResponse}, and makes its span current on this thread. */
    public @Nullable ModelCall startChat(ChatModel model, ChatRequest request) {
        if (!isMeasurable(LangChain4jVersion.CHAT, model)) {
            return null;
        }
        Inference inference = Calls.start(
                telemetry, new Calls.Model(model::provider, model::defaultRequestParameters, false, null), request);
        return inference == null
                ? null
                : new ModelCall(
                        inference,
                        result -> Calls.complete(telemetry, inference, (ChatResponse) result),
                        handler -> handler);
    }

    /**
     * Starts a call whose model answers to a handler, and makes its span current on this thread. The model must get
     * {@link ModelCall#observed} in place of the handler, which ends the call.
     */
    public @Nullable ModelCall startStream(StreamingChatModel model, ChatRequest request) {
        if (!isMeasurable(LangChain4jVersion.CHAT, model)) {
            return null;
        }
        Inference inference = Calls.start(
                telemetry, new Calls.Model(model::provider, model::defaultRequestParameters, true, null), request);
        return inference == null
                ? null
                : new ModelCall(
                        inference, result -> {}, handler -> new MeasuringHandler(handler, telemetry, inference, null));
    }

    /**
     * Starts a call whose model returns an {@code EmbeddingResponse} or a {@code Response}, and makes its span current on this
     * thread.
     *
     * @param input an {@code EmbeddingRequest}, or a text or texts; LangChain4j before 1.18 has no such request
     */
    public @Nullable ModelCall startEmbeddings(EmbeddingModel model, @Nullable Object input) {
        if (!isMeasurable(LangChain4jVersion.EMBEDDINGS, model)) {
            return null;
        }
        EmbeddingRequest request = input instanceof EmbeddingRequest asked ? asked : null;
        Inference inference = telemetry.start(
                InstrumentedEmbeddingModel.read(telemetry, model, request == null ? null : request.modelName())
                        .dimensions(request == null ? null : request.dimensions())
                        .build());
        return inference.measured()
                ? new ModelCall(
                        inference,
                        result -> inference.complete(Calls.read(telemetry, () -> embeddings(result))),
                        handler -> handler)
                : null;
    }

    private static InferenceResponse embeddings(@Nullable Object result) {
        return result instanceof EmbeddingResponse response
                ? InstrumentedEmbeddingModel.response(response)
                : InstrumentedEmbeddingModel.response((Response<?>) Objects.requireNonNull(result, "result"));
    }

    private boolean isMeasurable(LangChain4jVersion needed, Object model) {
        return telemetry.enabled()
                && versions.computeIfAbsent(
                        needed, version -> version.isEnough(telemetry, model.getClass(), "its calls stay unmeasured"));
    }
}
