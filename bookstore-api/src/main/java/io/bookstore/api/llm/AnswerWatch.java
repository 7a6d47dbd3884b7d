package io.bookstore.api.llm;

import io.bookstore.llm.Inference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes the pieces of an answer on and knows whether anybody has seen one. Written and read by different threads. */
final class AnswerWatch implements Consumer<String> {

    private final Inference call;
    private final @Nullable Consumer<String> watcher;
    private final AtomicInteger pieces = new AtomicInteger();
    private volatile boolean seen;

    AnswerWatch(Inference call, @Nullable Consumer<String> watcher) {
        this.call = call;
        this.watcher = watcher;
    }

    @Override
    public void accept(String text) {
        pieces.incrementAndGet();
        call.chunk();
        if (watcher != null) {
            seen = true;
            watcher.accept(text);
        }
    }

    /** How many have arrived, in all attempts together. */
    int pieces() {
        return pieces.get();
    }

    boolean somebodySawSomething() {
        return seen;
    }
}
