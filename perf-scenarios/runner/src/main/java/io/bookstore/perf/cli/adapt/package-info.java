/** The command {@code adapt}. */
@NullMarked
package io.bookstore.perf.cli.adapt;

import org.jspecify.annotations.NullMarked;
