package io.bookstore.api;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Runs the service in the foreground until it is told to stop. */
public final class Application {

    /** The exit code of a service that could not start, whatever the reason: {@code EX_CONFIG} of sysexits.h. */
    static final int CANNOT_START = 78;

    private Application() {}

    /** Starts the service from files and environment; it has no arguments of its own. */
    @SuppressWarnings("SystemOut") // the banner and the one sentence of a failed start are for a person
    public static void main(String[] args) throws InterruptedException {
        long start = System.nanoTime();
        BookStore store;
        try {
            LogFormat.apply(System.getenv());
            // One log: what a library says by java.util.logging follows logback.xml too.
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
            store = BookStore.start(Map.of());
        } catch (StartupException e) {
            System.err.println(e.getMessage());
            System.exit(CANNOT_START);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            store.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        ParentWatch.startIfAsked(store.context().getEnvironment());
        System.out.print(Banner.of(store, System.nanoTime() - start));
        stopped.await();
    }
}
