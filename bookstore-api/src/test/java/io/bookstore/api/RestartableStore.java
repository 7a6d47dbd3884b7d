package io.bookstore.api;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The service of one test, with one book: started when the test first needs it, so that a test with settings of its own
 * starts no other one before.
 */
public final class RestartableStore implements AutoCloseable {

    private final Supplier<Map<String, Object>> settings;
    private @Nullable RunningStore store;
    private String book = "";

    /** @param settings the settings of every start */
    public RestartableStore(Supplier<Map<String, Object>> settings) {
        this.settings = settings;
    }

    /** Returns the service that runs, after starting one if there is none. */
    public RunningStore running() {
        return store == null ? restart(Map.of()) : store;
    }

    /** Returns the path of the book of the service that runs, after starting one if there is none. */
    public String book() {
        running();
        return book;
    }

    /** Starts the service with more settings, after closing the one that runs. */
    public RunningStore restart(Map<String, Object> overrides) {
        close();
        Map<String, Object> all = new HashMap<>(settings.get());
        all.putAll(overrides);
        RunningStore started = RunningStore.start(all);
        store = started;
        book = started.addBook();
        return started;
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
            store = null;
        }
    }
}
