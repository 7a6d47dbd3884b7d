package io.bookstore.perf.capacity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The interval of a capacity while it is searched.
 *
 * @param lower  as in {@link Capacity}
 * @param upper  as in {@link Capacity}
 * @param probes in their order
 */
public record CapacitySoFar(
        @Nullable Double lower, @Nullable Double upper, List<Probe> probes) {

    public CapacitySoFar {
        probes = List.copyOf(probes);
    }

    /** The same of a search that has ended. */
    public static CapacitySoFar of(Capacity capacity) {
        return new CapacitySoFar(capacity.lower(), capacity.upper(), capacity.probes());
    }

    /** Returns whether one of its probes was over-saturated: its response times grew, and no single stall explains it. */
    public boolean saturated(Probe probe) {
        return probe.backlog().grows() && !Level.isStall(probe, probes);
    }

    /** The outcome of one of its probes, as a person reads it. */
    public String outcome(Probe probe) {
        if (probe.invalid() != null) {
            return "INVALID";
        }
        if (probe.backlog().grows()) {
            return saturated(probe) ? "over-saturated" : "stalled";
        }
        if (lower != null && probe.rate() <= lower) {
            return "holds";
        }
        return upper != null && probe.rate() >= upper ? "does not hold" : "in the interval";
    }
}
