/**
 * The measurements of calls and tools, and the labels of their series.
 *
 * <p>Internal: no part of the API, and not exported.
 */
@NullMarked
package io.bookstore.llm.internal.metrics;

import org.jspecify.annotations.NullMarked;
