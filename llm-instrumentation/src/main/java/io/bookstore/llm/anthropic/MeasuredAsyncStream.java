package io.bookstore.llm.anthropic;

import com.anthropic.core.http.AsyncStreamResponse;
import io.bookstore.llm.internal.sdk.Exchange;
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
        this.ended = exchange.endedBefore(response.onCompleteFuture());
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
        exchange.closeBefore(response::close);
    }

    private record Told<P>(Handler<? super P> handler, Exchange<?, P> exchange) implements Handler<P> {

        @Override
        public void onNext(P piece) {
            exchange.piece(piece, () -> handler.onNext(piece));
        }

        @Override
        public void onComplete(Optional<Throwable> error) {
            exchange.endOfStream(error.orElse(null), () -> handler.onComplete(error));
        }
    }
}
