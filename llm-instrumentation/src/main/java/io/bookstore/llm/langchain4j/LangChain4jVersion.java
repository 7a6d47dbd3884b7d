package io.bookstore.llm.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import io.bookstore.llm.GenAiTelemetry;
import java.util.Objects;
import java.util.function.Supplier;

/** Finds out, before a model is wrapped, whether the host's LangChain4j has all that a wrapper needs. */
enum LangChain4jVersion {
    CHAT("1.13", () -> ChatRequestOptions.class),
    EMBEDDINGS("1.18", () -> EmbeddingRequest.class);

    private final String oldest;
    private final Supplier<Class<?>> newestClass;

    LangChain4jVersion(String oldest, Supplier<Class<?>> newestClass) {
        this.oldest = oldest;
        this.newestClass = newestClass;
    }

    /** The wrapper, or the model as it is where LangChain4j is too old; that is told once. */
    <M> M wrapped(GenAiTelemetry telemetry, M model, Supplier<? extends M> wrapper) {
        try {
            Objects.requireNonNull(newestClass.get(), "class");
        } catch (LinkageError missing) {
            telemetry.defect(
                    "wrap_model",
                    new IllegalStateException(
                            "LangChain4j must be >= " + oldest + " for "
                                    + model.getClass().getName()
                                    + " to be measured, this one has no "
                                    + String.valueOf(missing.getMessage()).replace('/', '.')
                                    + "; the model stays unwrapped",
                            missing));
            return model;
        }
        return wrapper.get();
    }
}
