/** The tokens and the cost of a call, by a dated price list. */
@NullMarked
package io.bookstore.llm.cost;

import org.jspecify.annotations.NullMarked;
