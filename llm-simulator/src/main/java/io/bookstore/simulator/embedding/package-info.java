/** The meaning of a text as a vector, for all providers alike. */
@NullMarked
package io.bookstore.simulator.embedding;

import org.jspecify.annotations.NullMarked;
