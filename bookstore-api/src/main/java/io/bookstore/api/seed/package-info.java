/** The sample books and authors. */
@NullMarked
package io.bookstore.api.seed;

import org.jspecify.annotations.NullMarked;
