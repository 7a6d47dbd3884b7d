/** The end of a test: the argument of {@code handleSummary}, the export file and the text. */
@NullMarked
package io.bookstore.k6.summary;

import org.jspecify.annotations.NullMarked;
