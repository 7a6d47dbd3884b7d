package io.bookstore.k6.executor;

import io.bookstore.k6.options.ScenarioOptions;
import io.bookstore.k6.vu.TestRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs all scenarios of a test side by side, each from its start time on. */
public final class Scenarios {
    private final TestRun run;
    private final VuPool pool;

    public Scenarios(TestRun run, VuPool pool) {
        this.run = run;
        this.pool = pool;
    }

    /**
     * Returns when the last scenario has ended, or the run was stopped and everything is cut off.
     *
     * @param setupText the value that {@code setup()} returned, as JSON; null for nothing
     */
    public void run(@Nullable String setupText) throws InterruptedException {
        List<ScenarioOptions> scenarios = run.options().scenarios();
        ExecutorService threads = Executors.newFixedThreadPool(scenarios.size());
        long zero = System.nanoTime();
        try {
            List<Future<?>> pending = new ArrayList<>();
            for (ScenarioOptions scenario : scenarios) {
                pending.add(threads.submit(() -> {
                    run(scenario, zero + scenario.startTime().toNanos(), setupText);
                    return null;
                }));
            }
            for (Future<?> scenario : pending) {
                scenario.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private void run(ScenarioOptions scenario, long startNanos, @Nullable String setupText)
            throws InterruptedException {
        if (run.control().awaitMoment(startNanos)) {
            // The options must not know how executors run, and ScenarioReader puts nothing else there.
            Executor executor = (Executor) scenario.executor();
            executor.run(new ScenarioRun(run, pool, scenario, startNanos, setupText));
        }
    }
}
