package io.bookstore.k6.run;

/**
 * A {@code check} of a script and how often it held.
 *
 * @param group {@code ::outer::inner}; empty for the top level
 */
public record CheckCount(String group, String name, long passes, long fails) {}
