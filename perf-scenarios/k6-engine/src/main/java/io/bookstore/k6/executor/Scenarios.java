package io.bookstore.k6.executor;

import io.bookstore.k6.options.ExecutorOptions;
import io.bookstore.k6.options.ScenarioOptions;
import io.bookstore.k6.vu.TestRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
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
     * @param setupText what {@code setup()} returned, as JSON; null for nothing
     */
    public void run(@Nullable String setupText) throws InterruptedException {
        List<ScenarioOptions> scenarios = run.options().scenarios();
        ExecutorService threads = Executors.newFixedThreadPool(scenarios.size());
        long zero = System.nanoTime();
        try {
            List<Future<?>> pending = new ArrayList<>();
            for (ScenarioOptions scenario : scenarios) {
                pending.add(threads.submit(() -> {
                    long start = zero + scenario.startTime().toNanos();
                    if (run.control().awaitMoment(start)) {
                        executor(scenario, start, setupText).run();
                    }
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

    private Executor executor(ScenarioOptions scenario, long start, @Nullable String setupText) {
        ExecutorOptions options = scenario.executor();
        if (options instanceof ExecutorOptions.SharedIterations shared) {
            AtomicLong next = new AtomicLong();
            ScenarioRun work = new ScenarioRun(
                    run,
                    pool,
                    scenario,
                    start,
                    setupText,
                    () -> Math.min(1, next.get() / (double) shared.iterations()));
            return new SharedIterationsExecutor(work, shared, next);
        }
        ScenarioRun work = new ScenarioRun(run, pool, scenario, start, setupText, null);
        if (options instanceof ExecutorOptions.PerVuIterations perVu) {
            return new PerVuIterationsExecutor(work, perVu);
        }
        if (options instanceof ExecutorOptions.ConstantVus constant) {
            return new ConstantVusExecutor(work, constant);
        }
        if (options instanceof ExecutorOptions.RampingVus ramping) {
            return new RampingVusExecutor(work, ramping);
        }
        if (options instanceof ExecutorOptions.ConstantArrivalRate constant) {
            return new ArrivalRateExecutor(work, ArrivalSchedule.of(constant), constant);
        }
        if (options instanceof ExecutorOptions.RampingArrivalRate ramping) {
            return new ArrivalRateExecutor(work, ArrivalSchedule.of(ramping), ramping);
        }
        throw new IllegalStateException("no executor for " + options.name());
    }
}
