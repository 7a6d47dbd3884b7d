/** Spans that were received, and the calls to models among them. */
@NullMarked
package io.bookstore.console.traces;

import org.jspecify.annotations.NullMarked;
