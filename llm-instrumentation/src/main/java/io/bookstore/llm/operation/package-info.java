/** Operations as their host describes them: requests, the context that they share, answers and judgements. */
@NullMarked
package io.bookstore.llm.operation;

import org.jspecify.annotations.NullMarked;
