/** Baselines: named sets of runs that later runs are compared with. */
@NullMarked
package io.bookstore.perf.baseline;

import org.jspecify.annotations.NullMarked;
