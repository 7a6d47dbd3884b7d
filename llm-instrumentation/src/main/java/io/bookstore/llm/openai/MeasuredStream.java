package io.bookstore.llm.openai;

import com.openai.core.http.StreamResponse;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A stream of pieces that tells of each as the host takes it, and of its end. */
final class MeasuredStream<P> implements StreamResponse<P> {

    private final StreamResponse<P> response;
    private final Exchange<?, P> exchange;

    MeasuredStream(StreamResponse<P> response, Exchange<?, P> exchange) {
        this.response = response;
        this.exchange = exchange;
    }

    @Override
    public Stream<P> stream() {
        Stream<P> pieces = response.stream();
        return StreamSupport.stream(new Told<>(pieces.spliterator(), this), false)
                .onClose(() -> closeAll(pieces::close));
    }

    @Override
    public void close() {
        closeAll(response::close);
    }

    /** Ends the call first, or what is closed would look like a stream that was cut. */
    private void closeAll(Runnable below) {
        try {
            exchange.close();
        } finally {
            below.run();
        }
    }

    /** Holds the response, so that a stream that is read is not taken for abandoned. */
    private record Told<P>(Spliterator<P> pieces, MeasuredStream<P> owner) implements Spliterator<P> {

        @Override
        public boolean tryAdvance(Consumer<? super P> action) {
            try {
                boolean more = pieces.tryAdvance(piece -> {
                    owner.exchange.piece(piece);
                    action.accept(piece);
                });
                if (!more) {
                    owner.exchange.endOfStream();
                }
                return more;
            } catch (Throwable error) {
                owner.exchange.fail(error);
                throw error;
            }
        }

        @Override
        public @Nullable Spliterator<P> trySplit() {
            return null;
        }

        @Override
        public long estimateSize() {
            return pieces.estimateSize();
        }

        @Override
        public int characteristics() {
            return pieces.characteristics();
        }
    }
}
