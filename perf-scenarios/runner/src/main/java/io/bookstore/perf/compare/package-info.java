/** The comparison of two sets of runs: statistics and the runs that they may be applied to, without a file or a network. */
@NullMarked
package io.bookstore.perf.compare;

import org.jspecify.annotations.NullMarked;
