package io.bookstore.perf.slo;

import org.jspecify.annotations.Nullable;

/**
 * A run that is over, judged by other limits of single requests than it ran with.
 *
 * @param slo     the limits
 * @param goodput by these limits
 * @param money   null if the run has no record of a request to a model
 */
public record Rejudged(Slo slo, Goodput goodput, @Nullable Money money) {}
