/** Conditional requests: versions of resources as entity tags, and what clients ask of them. */
@NullMarked
package io.bookstore.api.http.precondition;

import org.jspecify.annotations.NullMarked;
