package io.bookstore.simulator.fit;

/**
 * A number of a profile as the calls tell it.
 *
 * @param key  as configuration files write it, such as {@code prefill.medianMs}
 * @param low  lower end of the 95 % interval
 * @param high upper end
 * @param note what the data cannot tell about it; empty if it can
 */
record Estimate(String key, double value, double low, double high, String note) {}
