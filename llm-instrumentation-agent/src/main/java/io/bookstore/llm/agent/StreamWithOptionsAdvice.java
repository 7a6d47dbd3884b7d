package io.bookstore.llm.agent;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.Advice.AssignReturned.ToArguments.ToArgument;
import org.jspecify.annotations.Nullable;

/**
 * Measures the method of a streaming chat model that takes options between request and handler. It is a class beside {@link StreamAdvice}
 * because Byte Buddy reads the place of the handler from annotations.
 */
public final class StreamWithOptionsAdvice {

    private StreamWithOptionsAdvice() {}

    /** Returns the call and the handler that observes it; null if the call is not measured. */
    @Advice.AssignReturned.ToArguments(@ToArgument(value = 2, index = 1))
    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object @Nullable [] enter(
            @Advice.This StreamingChatModel model,
            @Advice.Argument(0) ChatRequest request,
            @Advice.Argument(2) StreamingChatResponseHandler handler) {
        return AgentCalls.startStream(model, request, handler);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class, inline = false)
    public static void exit(@Advice.Enter Object @Nullable [] started, @Advice.Thrown @Nullable Throwable error) {
        AgentCalls.end(started == null ? null : started[0], null, error);
    }
}
