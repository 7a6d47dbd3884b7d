/**
 * The span of each call and step with its attributes, and the events that tell the same.
 *
 * <p>Internal: no part of the API, and not exported.
 */
@NullMarked
package io.bookstore.llm.internal.spans;

import org.jspecify.annotations.NullMarked;
