/** How fast the embedded engine is and how much memory it takes; run by {@code make bench}. */
@NullMarked
package io.bookstore.perf.bench;

import org.jspecify.annotations.NullMarked;
