/** One call to an LLM provider: which provider, with what patience, and what its failures mean. */
@NullMarked
package io.bookstore.api.llm;

import org.jspecify.annotations.NullMarked;
