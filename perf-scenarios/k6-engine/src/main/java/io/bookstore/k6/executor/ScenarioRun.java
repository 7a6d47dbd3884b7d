package io.bookstore.k6.executor;

import io.bookstore.k6.metrics.SampleBatch;
import io.bookstore.k6.options.ScenarioOptions;
import io.bookstore.k6.vu.ScenarioState;
import io.bookstore.k6.vu.TestRun;
import io.bookstore.k6.vu.VirtualUser;
import io.bookstore.perf.metrics.BuiltInMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A running scenario: its times, its virtual users, and the steps that all executors share. */
final class ScenarioRun {
    private final TestRun run;
    private final VuPool pool;
    private final ScenarioState state;
    private final VuThreads threads;
    private final long startNanos;
    private final long endNanos;
    private final @Nullable String setupText;
    private volatile DoubleSupplier progress = this::shareOfTime;
    private volatile boolean closed;

    ScenarioRun(TestRun run, VuPool pool, ScenarioOptions options, long startNanos, @Nullable String setupText) {
        this.run = run;
        this.pool = pool;
        this.startNanos = startNanos;
        this.endNanos = startNanos + options.executor().duration().toNanos();
        this.setupText = setupText;
        this.state = new ScenarioState(options, startNanos, () -> progress.getAsDouble());
        this.threads = new VuThreads(pool, run.control());
    }

    private double shareOfTime() {
        double share = (System.nanoTime() - startNanos) / (double) Math.max(1, endNanos - startNanos);
        return Math.max(0, Math.min(1, share));
    }

    /** Replaces the share of the duration as the scenario's progress. */
    void measureProgress(DoubleSupplier share) {
        progress = share;
    }

    TestRun test() {
        return run;
    }

    VuPool pool() {
        return pool;
    }

    VuThreads threads() {
        return threads;
    }

    ScenarioOptions options() {
        return state.options();
    }

    long startNanos() {
        return startNanos;
    }

    /** The moment from which on no iteration may start. */
    long endNanos() {
        return endNanos;
    }

    /** The moment when the last iteration is cut off. */
    long latestEndNanos() {
        return endNanos + options().gracefulStop().toNanos();
    }

    /** True if another iteration may start now. */
    boolean open() {
        return !closed && !run.control().isStopped() && System.nanoTime() < endNanos;
    }

    boolean closed() {
        return closed || run.control().isStopped();
    }

    void close() {
        closed = true;
    }

    void startVu(VirtualUser vu, VuThreads.Body body) {
        threads.start("k6-" + options().name() + "-vu" + vu.id(), vu, body);
    }

    /** Starts so many virtual users, and returns when each of them has ended its work or was cut off. */
    void runVus(int vus, VuThreads.Body body) throws InterruptedException {
        for (int i = 0; i < vus; i++) {
            startVu(pool().acquire(), body);
        }
        finish();
    }

    void iterate(VirtualUser vu) {
        switch (vu.iterate(state, setupText)) {
            case COMPLETED -> run.control().completedIterations().incrementAndGet();
            case CUT_OFF -> run.control().interruptedIterations().incrementAndGet();
            case NOT_STARTED -> {}
        }
    }

    /** Lets everything end by itself, then by the grace period, then by force. */
    void finish() throws InterruptedException {
        if (!threads.awaitAll(endNanos)) {
            threads.awaitAll(latestEndNanos());
        }
        close();
        threads.cutAll();
    }

    void drop(long iterations) {
        if (iterations > 0) {
            Map<String, String> tags = new LinkedHashMap<>(run.options().tags().run());
            tags.putAll(options().tags());
            if (run.options().tags().system().contains("scenario")) {
                tags.put("scenario", options().name());
            }
            run.samples()
                    .accept(SampleBatch.of(
                            run.clock().now(), Map.copyOf(tags), BuiltInMetrics.DROPPED_ITERATIONS, iterations));
        }
    }
}
