/** The display of a run while it goes on: one block that renews itself on a terminal, plain lines elsewhere. */
@NullMarked
package io.bookstore.perf.progress;

import org.jspecify.annotations.NullMarked;
