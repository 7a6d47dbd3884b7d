/** Names for contents. */
@NullMarked
package io.bookstore.api.digest;

import org.jspecify.annotations.NullMarked;
