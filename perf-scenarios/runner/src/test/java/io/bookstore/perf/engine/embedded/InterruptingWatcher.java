package io.bookstore.perf.engine.embedded;

import io.bookstore.k6.run.EngineRun;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.run.RunWatcher;
import java.util.concurrent.CompletableFuture;

/** Presses Ctrl-C as soon as something was measured. */
final class InterruptingWatcher implements RunWatcher {

    private final CompletableFuture<Void> measured = new CompletableFuture<>();

    @Override
    public void started(EngineRun run) {
        measured.thenRunAsync(run::interrupt);
    }

    @Override
    public void sample(Sample sample) {
        measured.complete(null);
    }

    @Override
    public void showPhase(String text) {}

    @Override
    public void quiet() {}

    @Override
    public void ended() {}
}
