package io.bookstore.k6.vu;

import io.bookstore.k6.options.ScenarioOptions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;

/** A scenario that is running, as its virtual users see it. Thread-safe. */
public final class ScenarioState {
    private final ScenarioOptions options;
    private final long startNanos;
    private final AtomicLong iterations = new AtomicLong();
    private final DoubleSupplier progress;

    /** @param progress 0 to 1, asked by the script */
    public ScenarioState(ScenarioOptions options, long startNanos, DoubleSupplier progress) {
        this.options = options;
        this.startNanos = startNanos;
        this.progress = progress;
    }

    public ScenarioOptions options() {
        return options;
    }

    public long startNanos() {
        return startNanos;
    }

    double progress() {
        return progress.getAsDouble();
    }

    /** Unique in the run and without gaps. */
    long takeIteration() {
        return iterations.getAndIncrement();
    }
}
