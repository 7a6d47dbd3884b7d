/** The command {@code init}: the first descriptor of a service. */
@NullMarked
package io.bookstore.perf.cli.describe;

import org.jspecify.annotations.NullMarked;
