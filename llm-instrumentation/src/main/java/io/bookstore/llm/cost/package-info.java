/** What a call costs, by a dated price list. */
@NullMarked
package io.bookstore.llm.cost;

import org.jspecify.annotations.NullMarked;
