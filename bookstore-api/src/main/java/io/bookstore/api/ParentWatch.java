package io.bookstore.api;

import io.micronaut.core.value.PropertyResolver;

/** Ends this service when the process that started it is gone, however that one ended. */
final class ParentWatch {

    private static final String KEY = "bookstore.parent-pid";

    private ParentWatch() {}

    /** Watches the process named by {@code BOOKSTORE_PARENT_PID}; does nothing if it is not set. */
    static void startIfAsked(PropertyResolver settings) {
        settings.getProperty(KEY, Long.class).ifPresent(ParentWatch::watch);
    }

    private static void watch(long pid) {
        ProcessHandle.of(pid)
                .ifPresentOrElse(
                        parent -> {
                            var unused = parent.onExit().whenComplete((gone, failure) -> System.exit(0));
                        },
                        // Gone before we looked.
                        () -> System.exit(0));
    }
}
