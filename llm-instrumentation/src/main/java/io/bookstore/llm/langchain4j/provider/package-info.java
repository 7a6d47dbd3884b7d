/** A dialect for each provider: its names, its counts, its limits and the end of its streams. */
@NullMarked
package io.bookstore.llm.langchain4j.provider;

import org.jspecify.annotations.NullMarked;
