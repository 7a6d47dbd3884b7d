/** The options and arguments that several commands have. */
@NullMarked
package io.bookstore.perf.cli.option;

import org.jspecify.annotations.NullMarked;
