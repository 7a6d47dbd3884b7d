/** Samples folded into a result, one recorder for each question. */
@NullMarked
package io.bookstore.perf.results.sample;

import org.jspecify.annotations.NullMarked;
