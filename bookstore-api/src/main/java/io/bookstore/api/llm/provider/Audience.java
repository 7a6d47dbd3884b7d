package io.bookstore.api.llm.provider;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who reads the answer while it is written. What it has been shown cannot be taken back, so it is known. */
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
