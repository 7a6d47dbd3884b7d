/** Spans, metrics, tokens and cost of a call to a large language model, whoever makes it. */
@NullMarked
package io.bookstore.llm;

import org.jspecify.annotations.NullMarked;
