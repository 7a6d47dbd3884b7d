/** {@code llm-perf run} and {@code llm-perf report}. */
@NullMarked
package io.bookstore.perf.cli.run;

import org.jspecify.annotations.NullMarked;
