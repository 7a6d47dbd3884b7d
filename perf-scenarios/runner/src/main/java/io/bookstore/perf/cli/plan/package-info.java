/** {@code llm-perf plan}. */
@NullMarked
package io.bookstore.perf.cli.plan;

import org.jspecify.annotations.NullMarked;
