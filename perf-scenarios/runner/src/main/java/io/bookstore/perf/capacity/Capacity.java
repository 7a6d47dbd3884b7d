package io.bookstore.perf.capacity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The highest arrival rate at which the wanted share of requests is good, in arrivals a minute.
 *
 * @param estimate  null if every probe held, if the lowest rate did not, or if nothing was measured
 * @param lower     lower end of the 95 % interval: the highest rate that certainly holds, less the overload that its probes
 *                  may hide; null if no rate certainly holds
 * @param upper     upper end of it: the lowest rate that certainly does not hold; null if none fails
 * @param ending    the reason for the end of the search
 * @param probes    in their order
 */
public record Capacity(
        @Nullable Double estimate,
        @Nullable Double lower,
        @Nullable Double upper,
        Ending ending,
        List<Probe> probes) {

    public Capacity {
        probes = List.copyOf(probes);
    }

    /** The reasons for the end of a search. */
    public enum Ending {
        /** The interval is as narrow as wanted. */
        NARROW,
        /** All probes are used, and the interval is wider than wanted. */
        PROBES_USED,
        /** The lowest rate does not hold. */
        LOWEST_FAILS,
        /** The highest rate holds. */
        HIGHEST_HOLDS,
        /** A probe was no valid measurement. */
        INVALID
    }
}
