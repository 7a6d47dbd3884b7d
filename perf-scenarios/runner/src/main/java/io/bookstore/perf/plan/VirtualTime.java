package io.bookstore.perf.plan;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** A clock that jumps from one action to the next. Actions of the same moment run in the order in which they were added. */
final class VirtualTime extends Clock {

    /** A look at a clock costs as much as an action. */
    private static final int ACTIONS_BETWEEN_LOOKS = 1024;

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

    /**
     * Runs every action, those included that actions add.
     *
     * @param enough ends it early; looked at now and then
     * @return true if no action is left
     */
    boolean run(BooleanSupplier enough) {
        for (long done = 1; !actions.isEmpty(); done++) {
            if (done % ACTIONS_BETWEEN_LOOKS == 0 && enough.getAsBoolean()) {
                return false;
            }
            Action next = actions.remove();
            nowNanos = next.atNanos();
            next.action().run();
        }
        return true;
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
