/** Wraps the chat models of LangChain4j. */
@NullMarked
package io.bookstore.llm.langchain4j;

import org.jspecify.annotations.NullMarked;
