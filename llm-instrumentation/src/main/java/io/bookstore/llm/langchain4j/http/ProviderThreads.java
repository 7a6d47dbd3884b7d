package io.bookstore.llm.langchain4j.http;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads that wait for providers, shared by all clients. Virtual ones where there are any: a stream wakes its reader
 * once a token, and a thousand streams are a thousand readers; as platform threads they cost a switch of the kernel each
 * time, and a stack each.
 */
final class ProviderThreads {

    // Before 21 the method is missing, or a preview that answers with an exception.
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private ProviderThreads() {}

    /** Threads that hold up no exit of the JVM. */
    static ExecutorService open() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS ? virtual() : platform();
    }

    // By its name, because the module is built for 17.
    private static ExecutorService virtual() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return platform();
        }
    }

    private static ExecutorService platform() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "llm-http");
            thread.setDaemon(true);
            return thread;
        });
    }
}
