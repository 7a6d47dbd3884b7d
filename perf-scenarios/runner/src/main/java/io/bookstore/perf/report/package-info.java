/** Draws a result as one HTML file that opens anywhere, without a network. */
@NullMarked
package io.bookstore.perf.report;

import org.jspecify.annotations.NullMarked;
