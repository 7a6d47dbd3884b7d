/** {@code llm-perf compare} and {@code llm-perf history}. */
@NullMarked
package io.bookstore.perf.cli.compare;

import org.jspecify.annotations.NullMarked;
