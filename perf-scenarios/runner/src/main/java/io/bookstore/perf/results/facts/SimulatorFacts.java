package io.bookstore.perf.results.facts;

/**
 * The simulator in the place of an LLM provider, as it describes itself.
 *
 * @param profile  name of the profile that its latencies are drawn from
 * @param seed     seed of all its draws
 * @param settings hash of its whole configuration less the seed: limits, faults, numbers of a profile of one's own
 */
public record SimulatorFacts(String profile, long seed, String settings) {}
