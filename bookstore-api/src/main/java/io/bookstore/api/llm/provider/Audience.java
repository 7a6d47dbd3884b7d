package io.bookstore.api.llm.provider;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The reader of an answer while it is written. It remembers whether it has passed any text on, which cannot be undone. */
public final class Audience {

    private final @Nullable Consumer<String> watcher;
    private volatile boolean sawSomething;

    /** @param watcher null if nobody reads along */
    public Audience(@Nullable Consumer<String> watcher) {
        this.watcher = watcher;
    }

    void show(String piece) {
        if (watcher != null) {
            sawSomething = true;
            watcher.accept(piece);
        }
    }

    public boolean sawSomething() {
        return sawSomething;
    }
}
