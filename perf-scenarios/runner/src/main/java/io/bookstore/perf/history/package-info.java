/** Draws the runs of a folder as one page: their list, and per scenario the trend with its change points. */
@NullMarked
package io.bookstore.perf.history;

import org.jspecify.annotations.NullMarked;
