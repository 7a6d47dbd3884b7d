/** The end of a test: the argument of {@code handleSummary}, the export file and the text. */
@NullMarked
package io.bookstore.perf.engine.embedded.summary;

import org.jspecify.annotations.NullMarked;
