/** The command {@code llm-perf verify}. */
@NullMarked
package io.bookstore.perf.cli.verify;

import org.jspecify.annotations.NullMarked;
