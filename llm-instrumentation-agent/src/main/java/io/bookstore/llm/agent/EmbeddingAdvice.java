package io.bookstore.llm.agent;

import dev.langchain4j.model.embedding.EmbeddingModel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Measures a method of an embedding model: of a request, a text or texts. */
public final class EmbeddingAdvice {

    private EmbeddingAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(
            @Advice.This EmbeddingModel model, @Advice.Argument(0) @Nullable Object input) {
        return AgentCalls.startEmbeddings(model, input);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object started,
            @Advice.Return @Nullable Object result,
            @Advice.Thrown @Nullable Throwable error) {
        AgentCalls.end(started, result, error);
    }
}
