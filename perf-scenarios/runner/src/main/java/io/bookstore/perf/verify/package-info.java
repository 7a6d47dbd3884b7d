/** The checklist of {@code llm-perf verify}: what a live service should do, and whether it does. */
@NullMarked
package io.bookstore.perf.verify;

import org.jspecify.annotations.NullMarked;
