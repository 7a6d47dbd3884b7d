/** {@code llm-perf baseline}. */
@NullMarked
package io.bookstore.perf.cli.baseline;

import org.jspecify.annotations.NullMarked;
