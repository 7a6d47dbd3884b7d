package io.bookstore.api.startup;

import io.micronaut.core.value.PropertyResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Ends this service when the process that started it is gone, however that one ended. */
public final class ParentWatch {

    private static final String KEY = "bookstore.parent-pid";

    private ParentWatch() {}

    /** Watches the process named by {@code BOOKSTORE_PARENT_PID}; does nothing if it is not set. */
    public static void startIfAsked(PropertyResolver settings) {
        settings.getProperty(KEY, Long.class).ifPresent(ParentWatch::watch);
    }

    private static void watch(long pid) {
        Optional<ProcessHandle> parent = ProcessHandle.of(pid);
        if (parent.isEmpty()) {
            // Gone before we looked.
            System.exit(0);
            return;
        }
        var unused = Executors.newSingleThreadScheduledExecutor(look -> {
                    Thread thread = new Thread(look, "parent-watch");
                    thread.setDaemon(true);
                    return thread;
                })
                .scheduleWithFixedDelay(
                        () -> {
                            if (isGone(parent.get())) {
                                System.exit(0);
                            }
                        },
                        1,
                        1,
                        TimeUnit.SECONDS);
    }

    /**
     * Returns whether a process has ended.
     *
     * <p>{@link ProcessHandle#isAlive} and {@link ProcessHandle#onExit} open a file on Linux, and take a process for
     * ended when this one has no file descriptor left. Whether the directory of the process exists needs none.
     */
    static boolean isGone(ProcessHandle process) {
        boolean noDirectory = Files.notExists(Path.of("/proc", String.valueOf(process.pid())));
        return ProcessHandle.of(process.pid()).map(now -> !now.equals(process)).orElse(noDirectory);
    }
}
