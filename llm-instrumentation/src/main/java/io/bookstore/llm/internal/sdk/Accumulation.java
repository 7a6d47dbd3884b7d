package io.bookstore.llm.internal.sdk;

import io.bookstore.llm.content.Content;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The content of a stream, which the SDK itself puts together. The SDK refuses what is not as the provider sends it; then there is
 * no content, and all else is read.
 *
 * @param <C> the SDK's accumulator
 * @param <P> a piece of the answer
 */
public final class Accumulation<C, P> {

    private final C accumulator;
    private final BiConsumer<C, P> add;
    private final Function<C, Content> read;
    private @Nullable RuntimeException refusal;

    public Accumulation(C accumulator, BiConsumer<C, P> add, Function<C, Content> read) {
        this.accumulator = accumulator;
        this.add = add;
        this.read = read;
    }

    public void add(P piece) {
        if (refusal == null) {
            try {
                add.accept(accumulator, piece);
            } catch (RuntimeException e) {
                refusal = e;
            }
        }
    }

    /** The content so far; throws what the SDK has refused it with. */
    public Content content() {
        if (refusal != null) {
            throw refusal;
        }
        return read.apply(accumulator);
    }
}
