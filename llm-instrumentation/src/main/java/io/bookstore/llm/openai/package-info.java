/** Adapter for the official OpenAI SDK for Java: a client whose chats, responses and embeddings are measured. */
@NullMarked
package io.bookstore.llm.openai;

import org.jspecify.annotations.NullMarked;
