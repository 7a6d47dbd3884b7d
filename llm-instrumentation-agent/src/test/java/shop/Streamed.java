package shop;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;

/** Waits for the end of a stream. */
final class Streamed implements StreamingChatResponseHandler {

    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private Streamed() {}

    static String answer(StreamingChatModel model, String prompt) {
        Streamed streamed = new Streamed();
        model.chat(prompt, streamed);
        return streamed.answer.join();
    }

    @Override
    public void onPartialResponse(String text) {}

    @Override
    public void onCompleteResponse(ChatResponse response) {
        answer.complete(response.aiMessage().text());
    }

    @Override
    public void onError(Throwable error) {
        answer.completeExceptionally(error);
    }
}
