package io.bookstore.llm.agent;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Measures a method of a chat model that takes a request and returns the answer. */
public final class ChatAdvice {

    private ChatAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.This ChatModel model, @Advice.Argument(0) ChatRequest request) {
        return AgentCalls.startChat(model, request);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object started,
            @Advice.Return @Nullable Object result,
            @Advice.Thrown @Nullable Throwable error) {
        AgentCalls.end(started, result, error);
    }
}
