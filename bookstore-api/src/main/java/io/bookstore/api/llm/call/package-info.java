/** A call to a provider: its request, its answer, and the reason for its failure. */
@NullMarked
package io.bookstore.api.llm.call;

import org.jspecify.annotations.NullMarked;
