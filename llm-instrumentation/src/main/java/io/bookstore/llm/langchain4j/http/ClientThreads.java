package io.bookstore.llm.langchain4j.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads of one client. They hold up no exit of the JVM and end when they have nothing to do: a client needs no closing,
 * and one that nobody holds any more leaves nothing behind, not even the class loader of an application that was redeployed.
 */
final class ClientThreads {

    private static final long IDLE_SECONDS = 1;

    private ClientThreads() {}

    /** Makes one thread for each exchange under way. */
    static Executor waiting() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("llm-http"));
    }

    /** Makes one thread, which sets off alarms. */
    static ScheduledThreadPoolExecutor watching() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(1, daemons("llm-http-watch"));
        watch.setRemoveOnCancelPolicy(true);
        watch.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        watch.allowCoreThreadTimeOut(true);
        return watch;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
