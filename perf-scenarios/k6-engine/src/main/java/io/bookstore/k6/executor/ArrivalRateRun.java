package io.bookstore.k6.executor;

import io.bookstore.k6.vu.RunControl;
import io.bookstore.k6.vu.VirtualUser;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Starts iterations at the schedule's moments whether earlier ones have ended or not. A start without a free virtual
 * user is dropped and never made up for; below {@code maxVUs} it makes one more virtual user for later starts.
 */
final class ArrivalRateRun {
    private final ScenarioRun scenario;
    private final ArrivalRateExecutor options;
    private final ArrayDeque<Worker> idle = new ArrayDeque<>();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger inTheMaking = new AtomicInteger();
    private long dueNanos;
    private boolean warned;

    ArrivalRateRun(ScenarioRun scenario, ArrivalRateExecutor options) {
        this.scenario = scenario;
        this.options = options;
    }

    /** A virtual user that waits for its next iteration. */
    private static final class Worker {
        private volatile boolean fired;
        private volatile long dueNanos;
        private volatile @Nullable Thread thread;

        /** @param due the moment for which the start was planned */
        void fire(long due) {
            dueNanos = due;
            fired = true;
            LockSupport.unpark(thread);
        }

        void wake() {
            LockSupport.unpark(thread);
        }

        /** False when there is nothing more to do. */
        boolean awaitFire(ScenarioRun scenario) {
            while (!fired) {
                if (scenario.closed()) {
                    return false;
                }
                LockSupport.park(this);
            }
            fired = false;
            return true;
        }
    }

    void run() throws InterruptedException {
        for (int i = 0; i < options.initialVus(); i++) {
            made.incrementAndGet();
            startWorker(scenario.pool().acquire());
        }
        scenario.test().control().onStop(this::wakeAll);
        RunControl control = scenario.test().control();
        if (options.schedule().follow(scenario.startNanos(), this::awaitDue, this::startOne)
                && control.awaitMoment(scenario.endNanos())) {
            awaitIdle();
        }
        scenario.close();
        wakeAll();
        scenario.threads().cutAll();
    }

    private boolean awaitDue(long moment) throws InterruptedException {
        dueNanos = moment;
        return scenario.test().control().awaitMoment(moment);
    }

    private void startOne() {
        Worker worker;
        synchronized (idle) {
            worker = idle.pollLast();
        }
        if (worker != null) {
            worker.fire(dueNanos);
            return;
        }
        scenario.drop(1);
        if (made.get() + inTheMaking.get() < options.maxVus()) {
            makeAnother();
        } else if (!warned && inTheMaking.get() == 0) {
            warned = true;
            scenario.test()
                    .listener()
                    .log(
                            "warning",
                            "Scenario %s has all %d VUs at work and drops iterations; raise maxVUs or lower the rate"
                                    .formatted(scenario.options().name(), options.maxVus()));
        }
    }

    private void makeAnother() {
        inTheMaking.incrementAndGet();
        scenario.test().background().execute(() -> {
            try {
                VirtualUser vu = scenario.pool().acquireNew();
                made.incrementAndGet();
                startWorker(vu);
            } finally {
                inTheMaking.decrementAndGet();
            }
        });
    }

    private void startWorker(VirtualUser vu) {
        Worker worker = new Worker();
        // Idle before its thread runs: the first start of a scenario is due at once and must find a worker.
        synchronized (idle) {
            idle.addFirst(worker);
        }
        scenario.startVu(vu, user -> work(worker, user));
    }

    private void work(Worker worker, VirtualUser vu) {
        worker.thread = Thread.currentThread();
        while (worker.awaitFire(scenario)) {
            long lateNanos = System.nanoTime() - worker.dueNanos;
            scenario.test().listener().arrived(Duration.ofNanos(lateNanos));
            vu.startLate(lateNanos);
            scenario.iterate(vu);
            synchronized (idle) {
                idle.addLast(worker);
            }
        }
    }

    /** Waits for running iterations to end, for the grace period at most. */
    private void awaitIdle() throws InterruptedException {
        while (System.nanoTime() < scenario.latestEndNanos() && !allIdle()) {
            if (!scenario.test()
                    .control()
                    .awaitMoment(Math.min(scenario.latestEndNanos(), System.nanoTime() + 2_000_000))) {
                return;
            }
        }
    }

    private boolean allIdle() {
        synchronized (idle) {
            return idle.size() >= made.get() && inTheMaking.get() == 0;
        }
    }

    private void wakeAll() {
        synchronized (idle) {
            idle.forEach(Worker::wake);
        }
    }
}
