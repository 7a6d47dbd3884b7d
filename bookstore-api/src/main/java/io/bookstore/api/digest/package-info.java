/** Digests, which rooms that know nothing of each other need: keys of clients, of creations and of summaries. */
@NullMarked
package io.bookstore.api.digest;

import org.jspecify.annotations.NullMarked;
