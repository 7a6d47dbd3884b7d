package io.bookstore.perf.capacity;

/** Loads the service at a rate and says how it held. */
@FunctionalInterface
public interface Prober {

    /**
     * @param perMinute arrivals a minute
     * @param number    of the probe, from 1
     */
    Probe probe(double perMinute, int number) throws InterruptedException;
}
