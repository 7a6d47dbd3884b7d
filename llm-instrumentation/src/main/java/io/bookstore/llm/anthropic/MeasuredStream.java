package io.bookstore.llm.anthropic;

import com.anthropic.core.http.StreamResponse;
import io.bookstore.llm.internal.sdk.Exchange;
import io.bookstore.llm.internal.sdk.MeasuredPieces;
import java.util.stream.Stream;

/** A stream of pieces that tells of each as the host takes it, and of its end. */
record MeasuredStream<P>(StreamResponse<P> response, Exchange<?, P> exchange) implements StreamResponse<P> {

    @Override
    public Stream<P> stream() {
        return MeasuredPieces.of(response.stream(), exchange, this);
    }

    @Override
    public void close() {
        exchange.closeBefore(response::close);
    }
}
