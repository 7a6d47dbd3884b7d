package io.bookstore.k6.executor;

import io.bookstore.k6.vu.RunControl;
import io.bookstore.k6.vu.VirtualUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** The threads on which a scenario's virtual users work, each for as long as its body runs. Thread-safe. */
final class VuThreads {
    private static final long CUT_AGAIN_NANOS = 20_000_000;

    private final VuPool pool;
    private final Map<Thread, VirtualUser> running = new HashMap<>();
    private boolean stopped;

    VuThreads(VuPool pool, RunControl control) {
        this.pool = pool;
        control.onStop(this::wakeBecauseStopped);
    }

    /** The work of a virtual user on its thread. */
    interface Body {
        void run(VirtualUser vu);
    }

    void start(String name, VirtualUser vu, Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run(vu);
                    } finally {
                        removeCurrent();
                        pool.release(vu);
                    }
                },
                name);
        thread.setDaemon(true);
        synchronized (this) {
            running.put(thread, vu);
        }
        thread.start();
    }

    private synchronized void removeCurrent() {
        running.remove(Thread.currentThread());
        notifyAll();
    }

    private synchronized void wakeBecauseStopped() {
        stopped = true;
        notifyAll();
    }

    /** Waits for all threads to end; false when the moment comes first or the run is stopped. */
    synchronized boolean awaitAll(long untilNanos) throws InterruptedException {
        return await(untilNanos, true);
    }

    /** Cuts off everything that still runs and waits until it has ended; bodies must not start anything new by now. */
    void cutAll() throws InterruptedException {
        while (true) {
            ArrayList<VirtualUser> working;
            synchronized (this) {
                working = new ArrayList<>(running.values());
            }
            working.forEach(VirtualUser::cut);
            synchronized (this) {
                // An iteration that began between a body's last look and this cut is caught in the next round.
                if (await(System.nanoTime() + CUT_AGAIN_NANOS, false)) {
                    return;
                }
            }
        }
    }

    private boolean await(long untilNanos, boolean untilStopped) throws InterruptedException {
        while (!running.isEmpty() && !(untilStopped && stopped)) {
            long left = untilNanos - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return running.isEmpty();
    }
}
