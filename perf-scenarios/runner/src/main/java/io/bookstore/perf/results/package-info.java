/** The result of a run: samples folded into one immutable result, and the files that carry it to people and to CI. */
@NullMarked
package io.bookstore.perf.results;

import org.jspecify.annotations.NullMarked;
