/** Writes the measurements into a Micrometer registry. */
@NullMarked
package io.bookstore.llm.micrometer;

import org.jspecify.annotations.NullMarked;
