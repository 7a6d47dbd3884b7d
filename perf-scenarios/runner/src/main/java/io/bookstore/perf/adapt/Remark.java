package io.bookstore.perf.adapt;

/**
 * A panel, query or rule that a user will miss or find empty.
 *
 * @param what kind and name
 * @param why  the reason, half a sentence
 */
public record Remark(String what, String why) {}
