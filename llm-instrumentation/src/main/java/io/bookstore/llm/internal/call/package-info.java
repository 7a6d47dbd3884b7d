/**
 * Calls and steps from their start to their end, as {@code CallListener}s are told of them; whatever writes telemetry is one.
 *
 * <p>Internal: no part of the API, and not exported.
 */
@NullMarked
package io.bookstore.llm.internal.call;

import org.jspecify.annotations.NullMarked;
