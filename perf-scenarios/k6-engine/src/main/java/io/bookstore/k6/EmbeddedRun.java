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

/** A test on a thread of its own. */
final class EmbeddedRun implements EngineRun {
    private final RunControl control = new RunControl();
    private final CompletableFuture<EngineOutcome> outcome = new CompletableFuture<>();

    private EmbeddedRun() {}

    static EmbeddedRun start(EngineRequest request, Map<String, String> environment, EngineListener listener) {
        EmbeddedRun run = new EmbeddedRun();
        Lifecycle lifecycle = new Lifecycle(request, environment, listener, run.control);
        Thread thread = new Thread(() -> run.outcome.complete(lifecycle.run()), "k6-run");
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    @Override
    public EngineOutcome await() throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void interrupt() {
        control.stop(K6ExitCode.INTERRUPTED, "The run was interrupted; its results are partial.");
    }
}
