/** The {@code options} of a script, checked once and turned into records. */
@NullMarked
package io.bookstore.k6.options;

import org.jspecify.annotations.NullMarked;
