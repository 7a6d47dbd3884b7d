/** The runs of a gate: which there are, in which order, and which of them a folder has already. */
@NullMarked
package io.bookstore.perf.gate;

import org.jspecify.annotations.NullMarked;
