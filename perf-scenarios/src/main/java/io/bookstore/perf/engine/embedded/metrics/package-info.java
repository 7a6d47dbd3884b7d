/** Samples on their way from virtual users to one consumer, and what it makes of them. */
@NullMarked
package io.bookstore.perf.engine.embedded.metrics;

import org.jspecify.annotations.NullMarked;
