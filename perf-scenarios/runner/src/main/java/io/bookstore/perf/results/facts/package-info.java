/** The facts of a run that no sample has: machine, target, simulator, load generator. */
@NullMarked
package io.bookstore.perf.results.facts;

import org.jspecify.annotations.NullMarked;
