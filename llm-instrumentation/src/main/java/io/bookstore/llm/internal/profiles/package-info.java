/**
 * The names besides the conventions' that spans carry for the kit, Phoenix and Langfuse.
 *
 * <p>Internal: no part of the API, and not exported.
 */
@NullMarked
package io.bookstore.llm.internal.profiles;

import org.jspecify.annotations.NullMarked;
