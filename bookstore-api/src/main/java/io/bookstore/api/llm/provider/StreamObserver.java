package io.bookstore.api.llm.provider;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The reader of an answer while it is written. It remembers whether it has passed any text on, which cannot be undone. */
public final class StreamObserver {

    private final @Nullable Consumer<String> watcher;
    private volatile boolean hasText;

    /** @param watcher null if no one reads along */
    public StreamObserver(@Nullable Consumer<String> watcher) {
        this.watcher = watcher;
    }

    void pass(String piece) {
        if (watcher != null) {
            hasText = true;
            watcher.accept(piece);
        }
    }

    public boolean hasText() {
        return hasText;
    }
}
