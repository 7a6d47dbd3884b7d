package io.bookstore.llm.internal.sdk;

import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a stream, which tell of each as the host takes it, and of their end.
 *
 * @param owner the response, held so that a stream that is read is not taken for abandoned
 */
public record MeasuredPieces<P>(Spliterator<P> pieces, Exchange<?, P> exchange, Object owner)
        implements Spliterator<P> {

    /** The pieces of a response as a stream. */
    public static <P> Stream<P> of(Stream<P> pieces, Exchange<?, P> exchange, Object owner) {
        return StreamSupport.stream(new MeasuredPieces<>(pieces.spliterator(), exchange, owner), false)
                .onClose(() -> exchange.closeBefore(pieces::close));
    }

    @Override
    public boolean tryAdvance(Consumer<? super P> action) {
        try {
            boolean more = pieces.tryAdvance(piece -> {
                exchange.piece(piece);
                action.accept(piece);
            });
            if (!more) {
                exchange.endOfStream();
            }
            return more;
        } catch (Throwable error) {
            exchange.fail(error);
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
