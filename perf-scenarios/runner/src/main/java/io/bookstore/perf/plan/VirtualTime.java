package io.bookstore.perf.plan;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one action to the next. Actions of the same moment run in the order in which they were added. */
final class VirtualTime extends Clock {

    private final PriorityQueue<Action> actions =
            new PriorityQueue<>(Comparator.comparingLong(Action::atNanos).thenComparingLong(Action::order));
    private long order;
    private long nowNanos;

    private record Action(long atNanos, long order, Runnable action) {}

    /** Nanoseconds since the beginning. */
    long nanos() {
        return nowNanos;
    }

    void at(long nanos, Runnable action) {
        actions.add(new Action(Math.max(nanos, nowNanos), order++, action));
    }

    /** Runs every action, those included that actions add. */
    void run() {
        for (Action next = actions.poll(); next != null; next = actions.poll()) {
            nowNanos = next.atNanos();
            next.action().run();
        }
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nowNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
