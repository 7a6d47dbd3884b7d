/** The {@code llm-perf} command. */
@NullMarked
package io.bookstore.perf.cli;

import org.jspecify.annotations.NullMarked;
