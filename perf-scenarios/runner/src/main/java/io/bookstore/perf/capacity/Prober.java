package io.bookstore.perf.capacity;

/** Loads the service at a rate and says how it held. */
@FunctionalInterface
public interface Prober {

    /**
     * @param perMinute arrivals a minute
     * @param number    of the probe, from 1
     */
    Probe probe(double perMinute, int number) throws InterruptedException;

    /** Takes note of the interval so far, once a probe has been taken in. */
    default void learned(CapacitySoFar soFar) {}
}
