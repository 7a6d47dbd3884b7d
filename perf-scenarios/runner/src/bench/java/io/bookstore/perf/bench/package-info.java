/** Benchmarks of the speed and the memory of the embedded engine; run by {@code make bench}. */
@NullMarked
package io.bookstore.perf.bench;

import org.jspecify.annotations.NullMarked;
