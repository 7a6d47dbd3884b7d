package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.bookstore.llm.GenAiTelemetry;
import java.util.Objects;
import java.util.function.Supplier;

/** Finds out, before a model or an AI service is wrapped, whether the host's LangChain4j has all that a wrapper needs. */
enum LangChain4jVersion {
    AGENTS("1.14", "AI service", () -> ToolProviderResult.builder().build().aiServiceTools()),
    CHAT("1.13", "model", () -> ChatRequestOptions.class),
    EMBEDDINGS("1.18", "model", () -> EmbeddingRequest.class);

    private final String oldest;
    private final String kind;
    private final Supplier<?> newestPart;

    LangChain4jVersion(String oldest, String kind, Supplier<?> newestPart) {
        this.oldest = oldest;
        this.kind = kind;
        this.newestPart = newestPart;
    }

    /** The wrapper, or the model as it is where LangChain4j is too old; that is told once. */
    <M> M wrapped(GenAiTelemetry telemetry, M model, Supplier<? extends M> wrapper) {
        return wrapped(telemetry, model.getClass(), model, wrapper);
    }

    /** The wrapper, or {@code original} where LangChain4j is too old; that is told once, with the name of {@code type}. */
    <M> M wrapped(GenAiTelemetry telemetry, Class<?> type, M original, Supplier<? extends M> wrapper) {
        return isEnough(telemetry, type, "the " + kind + " stays unwrapped") ? wrapper.get() : original;
    }

    /**
     * Returns whether LangChain4j has all that is needed; if not, that is told once, with the name of {@code type} and with what
     * follows from it.
     */
    boolean isEnough(GenAiTelemetry telemetry, Class<?> type, String otherwise) {
        try {
            Objects.requireNonNull(newestPart.get(), "part");
            return true;
        } catch (LinkageError missing) {
            telemetry.defect(
                    "wrap_model",
                    new IllegalStateException(
                            "LangChain4j must be >= " + oldest + " for "
                                    + type.getName()
                                    + " to be measured, this one has no "
                                    + String.valueOf(missing.getMessage()).replace('/', '.')
                                    + "; " + otherwise,
                            missing));
            return false;
        }
    }
}
