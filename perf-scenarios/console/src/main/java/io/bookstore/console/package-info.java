/** The command {@code llm-perf console}. */
@NullMarked
package io.bookstore.console;

import org.jspecify.annotations.NullMarked;
