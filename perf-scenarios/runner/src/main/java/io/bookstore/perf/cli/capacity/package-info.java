/** {@code llm-perf capacity}. */
@NullMarked
package io.bookstore.perf.cli.capacity;

import org.jspecify.annotations.NullMarked;
