package io.bookstore.perf.capacity;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a load at one constant arrival rate.
 *
 * @param rate      arrivals a minute
 * @param scheduled requests that were to be sent
 * @param good      those that met every limit
 * @param backlog   the growth of the response times during the probe
 * @param p95Ms     the 95th percentile of its response times, which decides nothing; null if it is unknown
 * @param invalid   the reason why it says nothing about the service; null if it does
 */
public record Probe(
        double rate,
        long scheduled,
        long good,
        Backlog backlog,
        @Nullable Double p95Ms,
        @Nullable String invalid) {

    public Probe {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("rate must be more than 0, was " + rate);
        }
        if (good < 0 || good > scheduled) {
            throw new IllegalArgumentException("good must be from 0 to " + scheduled + ", was " + good);
        }
        if (scheduled == 0 && invalid == null) {
            throw new IllegalArgumentException("a probe without a request must have a reason");
        }
    }

    /** A probe that was a valid measurement. */
    public static Probe of(double rate, long scheduled, long good, Backlog backlog) {
        return new Probe(rate, scheduled, good, backlog, null, null);
    }

    /** A probe that says nothing about the service. */
    public static Probe invalid(double rate, String reason) {
        return new Probe(rate, 0, 0, Backlog.NONE, null, reason);
    }

    /** The same with the percentile of its response times. */
    public Probe withP95(@Nullable Double milliseconds) {
        return new Probe(rate, scheduled, good, backlog, milliseconds, invalid);
    }

    /** Share of the scheduled requests that were good; 0 without one. */
    public double share() {
        return scheduled == 0 ? 0 : (double) good / scheduled;
    }

    /** The good requests of a load that goes on: none if the backlog grew, for it has no end. */
    long goodInTheLongRun() {
        return backlog.grows() ? 0 : good;
    }
}
