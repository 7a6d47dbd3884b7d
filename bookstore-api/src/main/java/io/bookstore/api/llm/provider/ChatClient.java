package io.bookstore.api.llm.provider;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.bookstore.api.llm.call.Deadline;
import io.bookstore.llm.langchain4j.http.CallerPatience;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes one attempt at one provider and waits for its end, never longer than the deadline. */
public interface ChatClient {

    /**
     * Makes one attempt.
     *
     * @param watch told when the answer begins, and each piece of it as it arrives
     * @throws Exception whatever the client library throws; {@link FailureClassifier} knows what it means
     */
    ChatReply ask(ChatRequest request, Deadline deadline, AnswerWatch watch) throws Exception;

    /** Asks for the tokens as they come. */
    static ChatClient streaming(StreamingChatModel model) {
        return (request, deadline, watch) -> {
            StreamedReply reply = new StreamedReply(watch);
            CallerPatience patience = CallerPatience.of(deadline.remaining());
            try {
                try (Scope ignored = patience.makeCurrent()) {
                    model.chat(request, reply);
                }
                return reply.await(deadline, patience);
            } finally {
                reportBegun(watch, patience);
            }
        };
    }

    /** Asks for the answer in one piece. */
    static ChatClient whole(ExecutorService executor, ChatModel model) {
        return (request, deadline, watch) -> {
            // The library's call blocks without a deadline of ours, so another thread makes it, which can be abandoned.
            CallerPatience patience = CallerPatience.of(deadline.remaining());
            Context context = Context.current().with(patience);
            Future<ChatResponse> answer = executor.submit(context.wrap(() -> model.chat(request)));
            try {
                return new ChatReply(answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS), null);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            } finally {
                patience.giveUp();
                answer.cancel(true);
                reportBegun(watch, patience);
            }
        };
    }

    private static void reportBegun(AnswerWatch watch, CallerPatience patience) {
        if (patience.answerBegan()) {
            watch.markAnswerBegun();
        }
    }

    /** Collects a stream; the first of completion, error and deadline decides. */
    final class StreamedReply implements StreamingChatResponseHandler {

        private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();
        private final long start = System.nanoTime();
        private final Consumer<String> onText;
        private volatile @Nullable Duration timeToFirstToken;

        StreamedReply(Consumer<String> onText) {
            this.onText = onText;
        }

        @Override
        public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
            if (timeToFirstToken == null) {
                timeToFirstToken = Duration.ofNanos(System.nanoTime() - start);
            }
            onText.accept(partial.text());
        }

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            response.complete(complete);
        }

        @Override
        public void onError(Throwable error) {
            response.completeExceptionally(error);
        }

        ChatReply await(Deadline deadline, CallerPatience patience) throws Exception {
            try {
                ChatResponse complete = response.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
                return new ChatReply(complete, timeToFirstToken);
            } catch (TimeoutException | InterruptedException e) {
                patience.giveUp();
                throw e;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }
    }
}
