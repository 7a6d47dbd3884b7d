package io.bookstore.k6.executor;

import io.bookstore.k6.run.ArrivalRamp;

/** The moments at which iterations of an arrival-rate executor start. */
interface ArrivalSchedule {

    /** Offset of the {@code index}-th start in nanoseconds, from 0 on; negative when there is none any more. */
    long startOf(long index);

    /** Waits until a moment of {@link System#nanoTime}, not at all if it is over; false when the run is stopped before. */
    interface Wait {
        boolean until(long nanoTime) throws InterruptedException;
    }

    /**
     * Calls {@code start} at each moment; a start that is late is made up for at once, none is left out.
     *
     * @return false when the run was stopped before the last start
     */
    default boolean follow(long zeroNanos, Wait wait, Runnable start) throws InterruptedException {
        long offset;
        for (long index = 0; (offset = startOf(index)) >= 0; index++) {
            if (!wait.until(zeroNanos + offset)) {
                return false;
            }
            start.run();
        }
        return true;
    }

    /** Evenly spaced from 0 on, a start exactly at the end included. */
    static ArrivalSchedule of(ConstantArrivalRate options) {
        double period = options.timeUnit().toNanos() / (double) options.rate();
        long end = options.duration().toNanos();
        return index -> {
            long offset = Math.round(index * period);
            return offset <= end ? offset : -1;
        };
    }

    /** The moments at which the integral of the rate reaches 1, 2, 3 and so on. */
    static ArrivalSchedule of(RampingArrivalRate options) {
        return new ArrivalRamp(options.startRate(), options.timeUnit().toNanos(), options.stages())::startOf;
    }
}
