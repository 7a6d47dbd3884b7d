package io.bookstore.simulator.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A single timer for all streams of an event loop: the tasks of a millisecond run at its end, in one go. Confined to
 * its loop.
 *
 * <p>With a timer for each chunk, twenty-six thousand a second on a loop, the loop went to sleep and woke up once a chunk,
 * which cost as much as sending it. A hashed wheel: a slot for each millisecond, and a task further away than the wheel is
 * large stays in its slot for another round.
 */
final class Ticker implements Runnable {

    private static final System.Logger logger = System.getLogger(Ticker.class.getName());

    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int SLOTS = 4_096;
    private static final FastThreadLocal<Ticker> ofLoop = new FastThreadLocal<>();

    private record Waiting(long tick, Runnable task) {}

    private final EventExecutor loop;
    private final List<List<Waiting>> slots = new ArrayList<>();
    private final long origin = System.nanoTime();
    private List<Waiting> spare = new ArrayList<>();
    private long done;
    private long wakesAt = Long.MAX_VALUE;
    private @Nullable Future<?> wake;
    private int waiting;

    /** @param slots a power of two */
    Ticker(EventExecutor loop, int slots) {
        this.loop = loop;
        for (int i = 0; i < slots; i++) {
            this.slots.add(new ArrayList<>(0));
        }
    }

    /** The ticker of the calling thread, which must be the loop's own. */
    static Ticker of(EventExecutor loop) {
        Ticker ticker = ofLoop.get();
        if (ticker == null) {
            ticker = new Ticker(loop, SLOTS);
            ofLoop.set(ticker);
        }
        return ticker;
    }

    /** Runs the task at the end of the millisecond in which that moment of {@link System#nanoTime} lies, never before it. */
    void schedule(long nanoTime, Runnable task) {
        if (waiting == 0) {
            // Nothing is skipped over: the wheel was empty all the while.
            done = tick(System.nanoTime());
        }
        long tick = Math.max(done + 1, tick(nanoTime + TICK_NANOS - 1));
        slot(tick).add(new Waiting(tick, task));
        waiting++;
        wakeAt(tick);
    }

    @Override
    public void run() {
        wake = null;
        // Tasks that are added meanwhile wait for the one wake-up that is set when all have run.
        wakesAt = Long.MIN_VALUE;
        for (long now = tick(System.nanoTime()); done < now; ) {
            done++;
            runSlot(done);
        }
        wakesAt = Long.MAX_VALUE;
        if (waiting > 0) {
            long next = done + 1;
            while (slot(next).isEmpty()) {
                next++;
            }
            wakeAt(next);
        }
    }

    private void runSlot(long tick) {
        List<Waiting> due = slot(tick);
        if (due.isEmpty()) {
            return;
        }
        // Tasks may add to the slot that is being emptied.
        slots.set(index(tick), spare);
        for (Waiting each : due) {
            if (each.tick() > tick) {
                slot(tick).add(each);
            } else {
                waiting--;
                run(each.task());
            }
        }
        due.clear();
        spare = due;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            // One stream's trouble must not stop the others of its loop; Netty treats its own tasks alike.
            logger.log(Level.WARNING, "A stream is given up because of an error", e);
        }
    }

    private void wakeAt(long tick) {
        if (tick < wakesAt) {
            if (wake != null) {
                // Not cancelled, it would come as well and set another for the next task: each would live for ever.
                wake.cancel(false);
            }
            wakesAt = tick;
            wake = loop.schedule(this, origin + tick * TICK_NANOS - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private long tick(long nanoTime) {
        return Math.floorDiv(nanoTime - origin, TICK_NANOS);
    }

    private List<Waiting> slot(long tick) {
        return slots.get(index(tick));
    }

    private int index(long tick) {
        return (int) (tick & (slots.size() - 1));
    }
}
