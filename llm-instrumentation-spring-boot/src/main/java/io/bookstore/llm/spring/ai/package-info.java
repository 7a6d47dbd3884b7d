/** Measures the chat and embedding models of Spring AI 1.1 and 2.0. */
@NullMarked
package io.bookstore.llm.spring.ai;

import org.jspecify.annotations.NullMarked;
