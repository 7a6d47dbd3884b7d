package io.bookstore.llm;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/** Runs an action once an object is unreachable: on one thread for a whole telemetry, started when it is first needed. */
final class Unreachables {

    private @Nullable Cleaner cleaner;

    Cleaner.Cleanable register(Object object, Runnable action) {
        return cleaner().register(object, action);
    }

    private synchronized Cleaner cleaner() {
        if (cleaner == null) {
            cleaner = Cleaner.create();
        }
        return cleaner;
    }
}
