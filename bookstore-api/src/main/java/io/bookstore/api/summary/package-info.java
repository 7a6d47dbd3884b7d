/** Summaries of books: prompt, variant, cache, route. */
@NullMarked
package io.bookstore.api.summary;

import org.jspecify.annotations.NullMarked;
