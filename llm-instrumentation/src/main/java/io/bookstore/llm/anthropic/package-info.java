/** Adapter for Anthropic's official SDK for Java: a client whose messages are measured. */
@NullMarked
package io.bookstore.llm.anthropic;

import org.jspecify.annotations.NullMarked;
