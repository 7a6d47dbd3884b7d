package io.bookstore.k6.vu;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cuts off the current work of a virtual user's thread from another thread, and never the work that follows. */
final class Cutoff {

    private final Object gate = new Object();
    private @Nullable Thread worker;
    private @Nullable Future<Boolean> interruption;
    private volatile boolean cut;

    boolean isCut() {
        return cut;
    }

    /** Begins work of the calling thread that can be cut; false, and nothing begins, when {@code tooLate} says so. */
    boolean begin(BooleanSupplier tooLate) {
        synchronized (gate) {
            if (tooLate.getAsBoolean()) {
                return false;
            }
            worker = Thread.currentThread();
            cut = false;
            return true;
        }
    }

    /**
     * Cuts the work that runs now; false when nothing runs, or it is cut already.
     *
     * @param interrupt starts the interruption of the script, which tells in the end whether the script survived it
     */
    boolean cut(Supplier<Future<Boolean>> interrupt) {
        synchronized (gate) {
            if (worker == null || cut) {
                return false;
            }
            cut = true;
            interruption = interrupt.get();
            LockSupport.unpark(worker);
            return true;
        }
    }

    /** Sleeps on the thread of the work until that {@link System#nanoTime}, or until the work is cut. */
    void sleepUntil(long deadline) {
        long left = deadline - System.nanoTime();
        while (!cut && left > 0) {
            LockSupport.parkNanos(this, left);
            left = deadline - System.nanoTime();
        }
    }

    /** Ends the work that was begun, and waits for an interruption of it; false when the script did not survive that. */
    boolean end() {
        Future<Boolean> pending;
        synchronized (gate) {
            worker = null;
            pending = interruption;
            interruption = null;
        }
        if (pending == null) {
            return true;
        }
        boolean alive = awaitQuietly(pending);
        // GraalJS interrupts the thread to get it out of blocking calls.
        boolean unused = Thread.interrupted();
        cut = false;
        return alive;
    }

    private static boolean awaitQuietly(Future<Boolean> pending) {
        while (true) {
            try {
                return pending.get();
            } catch (InterruptedException e) {
                // The interruption we are waiting for is the one that interrupts us; wait on.
            } catch (ExecutionException e) {
                return false;
            }
        }
    }
}
