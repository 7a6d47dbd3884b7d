/**
 * The generations of the conventions, a class for each: to drop one, delete its file and its constant.
 *
 * <p>Internal: no part of the API, and not exported.
 */
@NullMarked
package io.bookstore.llm.internal.conventions;

import org.jspecify.annotations.NullMarked;
