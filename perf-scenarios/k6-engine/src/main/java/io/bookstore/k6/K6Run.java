package io.bookstore.k6;

import io.bookstore.k6.run.EngineListener;
import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.EngineRequest;
import io.bookstore.k6.run.EngineRun;
import io.bookstore.k6.run.K6ExitCode;
import io.bookstore.k6.vu.RunControl;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A script that runs on a daemon thread of its own. Thread-safe. */
public final class K6Run implements EngineRun {
    private final RunControl control = new RunControl();
    private final CompletableFuture<K6Result> result = new CompletableFuture<>();

    private K6Run() {}

    static K6Run start(EngineRequest request, Map<String, String> environment, EngineListener listener) {
        K6Run run = new K6Run();
        Lifecycle lifecycle = new Lifecycle(request, environment, listener, run.control);
        Thread thread = new Thread(() -> run.result.complete(lifecycle.run()), "k6-run");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    /** Blocks until teardown and summary are done and every file is written. */
    public K6Result result() throws InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public EngineOutcome await() throws InterruptedException {
        return result().outcome();
    }

    @Override
    public void interrupt() {
        control.stop(K6ExitCode.INTERRUPTED, "The run was interrupted; its results are partial.");
    }
}
