/** Goodput and money of a run: limits of single requests by class, the steady part of the run, and what it cost. */
@NullMarked
package io.bookstore.perf.slo;

import org.jspecify.annotations.NullMarked;
