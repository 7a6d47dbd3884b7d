/** Summaries that are known, in memory and in Redis, and calls that several requests share. */
@NullMarked
package io.bookstore.api.summary.cache;

import org.jspecify.annotations.NullMarked;
