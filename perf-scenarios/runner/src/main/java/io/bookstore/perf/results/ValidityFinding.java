package io.bookstore.perf.results;

/**
 * A rule of a valid measurement that a run broke.
 *
 * @param rule     the rule's name, as docs/verdict.md lists it
 * @param invalid  true if the run's figures must not be judged for it, false if a reader should know of it
 * @param sentence the figure, the rule and the remedy
 */
public record ValidityFinding(String rule, boolean invalid, String sentence) {}
