package io.bookstore.console.traces;

import java.util.List;

/**
 * A message to a model or from it.
 *
 * @param role  {@code system}, {@code user}, {@code assistant}, {@code tool}, or the sender's own word
 * @param parts its texts; a call of a tool, and the result of one, in words
 */
public record Message(String role, List<String> parts) {}
