package io.bookstore.simulator.latency;

import io.bookstore.simulator.draw.Draws;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one provider. Thread-safe.
 *
 * <p>An answer's length is planned when its request arrives, so the moment its slot becomes free is known, too: the queue is
 * computed, and no request waits in it. A client that leaves early does not free its slot: the provider goes on writing.
 */
public final class Slots {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Serving serving;
    private final PriorityQueue<Long> busyUntil = new PriorityQueue<>();
    private final ArrayDeque<Long> starts = new ArrayDeque<>();
    private long loadedFrom;
    private long loadedUntil = Long.MIN_VALUE;

    public Slots(Serving serving) {
        this.serving = serving;
    }

    /**
     * Takes the slot that is free first.
     *
     * @param nowNanos not before that of the call before, give or take the order of arrival
     * @param plan     of the answer alone
     * @return null if the queue is full
     */
    public synchronized @Nullable SlotWait take(long nowNanos, ResponsePlan plan, Draws draws) {
        if (serving.slots() == 0) {
            return new SlotWait(0, load(nowNanos, plan.durationNanos(), draws), 1);
        }
        forget(nowNanos);
        boolean free = busyUntil.size() < serving.slots();
        if (!free && starts.size() >= serving.queue()) {
            return null;
        }
        long start = free ? nowNanos : Math.max(nowNanos, busyUntil.remove());
        if (start > nowNanos) {
            starts.addLast(start);
        }
        double factor = factor(busyUntil.size() + 1);
        long duration = Math.round(plan.durationNanos() * factor);
        long load = load(start, duration, draws);
        busyUntil.add(start + load + duration);
        return new SlotWait(start - nowNanos, load, factor);
    }

    private void forget(long nowNanos) {
        while (!busyUntil.isEmpty() && busyUntil.element() <= nowNanos) {
            busyUntil.remove();
        }
        while (!starts.isEmpty() && starts.element() <= nowNanos) {
            starts.remove();
        }
    }

    private double factor(int busy) {
        return serving.slots() == 1 ? 1 : 1 + (serving.loadFactor() - 1) * (busy - 1) / (serving.slots() - 1);
    }

    /** The wait for the model: zero if it is loaded, and the rest for a request that comes while it is being loaded. */
    private long load(long start, long duration, Draws draws) {
        Serving.ColdStart cold = serving.coldStart();
        if (cold.longestMs() == 0) {
            return 0;
        }
        if (start > loadedUntil) {
            double millis = draws.stream("cold-start").between(cold.shortestMs(), cold.longestMs());
            loadedFrom = start + Math.round(millis * NANOS_PER_MILLI);
        }
        long load = Math.max(0, loadedFrom - start);
        loadedUntil =
                Math.max(loadedUntil, start + load + duration + Math.round(cold.idleSeconds() * NANOS_PER_SECOND));
        return load;
    }
}
