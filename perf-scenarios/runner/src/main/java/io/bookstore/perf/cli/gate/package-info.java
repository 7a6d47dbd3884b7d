/** {@code llm-perf gate}. */
@NullMarked
package io.bookstore.perf.cli.gate;

import org.jspecify.annotations.NullMarked;
