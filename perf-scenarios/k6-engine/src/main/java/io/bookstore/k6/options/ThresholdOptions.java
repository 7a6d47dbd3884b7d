package io.bookstore.k6.options;

import java.time.Duration;

/**
 * An expression of {@code options.thresholds}.
 *
 * @param metric          the key as written, tag filter included
 * @param delayAbortEval  from the start of the run, how long {@code abortOnFail} has no effect
 */
public record ThresholdOptions(String metric, String expression, boolean abortOnFail, Duration delayAbortEval) {}
