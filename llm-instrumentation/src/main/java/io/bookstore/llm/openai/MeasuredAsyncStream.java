package io.bookstore.llm.openai;

import com.openai.core.http.AsyncStreamResponse;
import io.opentelemetry.context.Scope;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** An asynchronous stream that tells of each piece before the host's handler gets it, and of its end. */
final class MeasuredAsyncStream<P> implements AsyncStreamResponse<P> {

    private final AsyncStreamResponse<P> response;
    private final Exchange<?, P> exchange;
    private final CompletableFuture<Void> ended;

    MeasuredAsyncStream(AsyncStreamResponse<P> response, Exchange<?, P> exchange) {
        this.response = response;
        this.exchange = exchange;
        CompletableFuture<Void> end = new CompletableFuture<>();
        this.ended = end;
        // Hears of a refusal even if nobody subscribes, and of a stream that was given up. Must not hold this stream:
        // the SDK
        // closes the one below once nobody holds this one any more, and what it closes holds the future.
        response.onCompleteFuture().whenComplete((done, error) -> {
            exchange.fail(error);
            exchange.close();
            if (error == null) {
                end.complete(done);
            } else {
                end.completeExceptionally(error);
            }
        });
    }

    @Override
    public AsyncStreamResponse<P> subscribe(Handler<? super P> handler) {
        response.subscribe(new Told<>(handler, exchange));
        return this;
    }

    @Override
    public AsyncStreamResponse<P> subscribe(Handler<? super P> handler, Executor executor) {
        response.subscribe(new Told<>(handler, exchange), executor);
        return this;
    }

    @Override
    public CompletableFuture<Void> onCompleteFuture() {
        return ended;
    }

    @Override
    public void close() {
        try {
            exchange.close();
        } finally {
            response.close();
        }
    }

    private record Told<P>(Handler<? super P> handler, Exchange<?, P> exchange) implements Handler<P> {

        @Override
        public void onNext(P piece) {
            exchange.piece(piece);
            try (Scope ignored = exchange.makeCallerCurrent()) {
                handler.onNext(piece);
            }
        }

        @Override
        public void onComplete(Optional<Throwable> error) {
            error.ifPresentOrElse(exchange::fail, exchange::endOfStream);
            try (Scope ignored = exchange.makeCallerCurrent()) {
                handler.onComplete(error);
            }
        }
    }
}
