package io.bookstore.k6.run;

import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param exitCode k6's exit code: 0 passed, 99 a threshold was crossed, 104 bad options, 105 interrupted, 107 script error
 * @param problem  one sentence that says what went wrong and what to do; null for exit code 0, and for 99
 *                 unless a threshold stopped the run before its end
 */
public record EngineOutcome(int exitCode, @Nullable String problem) {}
