package io.bookstore.perf.compare;

import io.bookstore.perf.results.RunResult;

/**
 * A run of a side.
 *
 * @param name as messages call it: the folder it was read from
 */
public record ComparedRun(String name, RunResult result) {}
