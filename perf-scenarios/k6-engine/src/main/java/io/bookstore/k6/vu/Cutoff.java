package io.bookstore.k6.vu;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cuts off what a virtual user's thread does, from another thread, and never what it does next. */
final class Cutoff {

    private final Object gate = new Object();
    private @Nullable Thread worker;
    private @Nullable Future<Boolean> interruption;
    private volatile boolean cut;

    boolean isCut() {
        return cut;
    }

    /** The calling thread starts something that can be cut; false when {@code tooLate} says that it must not. */
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
     * Cuts what runs now; false when nothing does, or it is cut already.
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

    /** What was begun is over, and an interruption of it too; false when the script did not survive that. */
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
