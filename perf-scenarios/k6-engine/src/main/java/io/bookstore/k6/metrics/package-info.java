/** Samples on their way from virtual users to one consumer, and what it makes of them. */
@NullMarked
package io.bookstore.k6.metrics;

import org.jspecify.annotations.NullMarked;
