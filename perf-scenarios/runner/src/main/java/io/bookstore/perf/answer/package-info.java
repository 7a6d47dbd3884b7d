/** The answer of a scenario to the question that it asks: one sentence, a few figures, tables and charts. */
@NullMarked
package io.bookstore.perf.answer;

import org.jspecify.annotations.NullMarked;
