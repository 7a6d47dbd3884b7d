/** Messages to a model and its answers: captured only by a policy, in the message schema of the conventions. */
@NullMarked
package io.bookstore.llm.content;

import org.jspecify.annotations.NullMarked;
