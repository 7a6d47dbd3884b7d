/** The cost of calls, and the budget of the day that limits it. */
@NullMarked
package io.bookstore.api.llm.budget;

import org.jspecify.annotations.NullMarked;
