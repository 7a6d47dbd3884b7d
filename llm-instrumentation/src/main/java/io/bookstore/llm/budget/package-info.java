/** Budgets of dollars or tokens that a host asks before a call. */
@NullMarked
package io.bookstore.llm.budget;

import org.jspecify.annotations.NullMarked;
