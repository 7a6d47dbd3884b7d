package io.bookstore.k6.vu;

import io.bookstore.k6.run.EngineOutcome;
import io.bookstore.k6.run.K6ExitCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The state that all parts of a run share: if it goes on, the reason why not, and the counts. Thread-safe. */
public final class RunControl {

    /** The reason why a run ends early. */
    public record Stop(K6ExitCode exitCode, @Nullable String sentence) {
        public EngineOutcome outcome() {
            return exitCode.outcome(sentence);
        }
    }

    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Runnable> onStop = new CopyOnWriteArrayList<>();
    private final AtomicBoolean told = new AtomicBoolean();

    private final AtomicInteger activeVus = new AtomicInteger();
    private final AtomicInteger initializedVus = new AtomicInteger();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong interrupted = new AtomicLong();

    /** Ends the run at once; the first reason counts. */
    public void stop(K6ExitCode exitCode, @Nullable String sentence) {
        if (stop.compareAndSet(null, new Stop(exitCode, sentence))) {
            stopped.countDown();
            runStopActions();
        }
    }

    /** Runs when the run is stopped early, at once if it already is. */
    public void onStop(Runnable action) {
        onStop.add(action);
        if (told.get()) {
            action.run();
        }
    }

    private void runStopActions() {
        told.set(true);
        onStop.forEach(Runnable::run);
    }

    public boolean isStopped() {
        return stop.get() != null;
    }

    public Optional<Stop> reason() {
        return Optional.ofNullable(stop.get());
    }

    /** Implements {@code exec.test.fail()}: the run goes on and fails in the end. */
    public void markAsFailed(String sentence) {
        failure.compareAndSet(null, sentence);
    }

    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Waits until {@link System#nanoTime} reaches the moment; false when the run is stopped before. */
    public boolean awaitMoment(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        return left <= 0 ? !isStopped() : !stopped.await(left, TimeUnit.NANOSECONDS);
    }

    public AtomicInteger activeVus() {
        return activeVus;
    }

    public AtomicInteger initializedVus() {
        return initializedVus;
    }

    public AtomicLong completedIterations() {
        return completed;
    }

    public AtomicLong interruptedIterations() {
        return interrupted;
    }
}
