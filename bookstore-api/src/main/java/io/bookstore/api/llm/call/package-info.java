/** One call to a provider: what is asked for, what it gave, and why it failed. */
@NullMarked
package io.bookstore.api.llm.call;

import org.jspecify.annotations.NullMarked;
