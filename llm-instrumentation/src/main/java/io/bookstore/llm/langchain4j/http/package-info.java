/** An HTTP client for LangChain4j that ends every exchange and keeps what a limit said. */
@NullMarked
package io.bookstore.llm.langchain4j.http;

import org.jspecify.annotations.NullMarked;
