/** Limits, retries and the circuit breaker in front of each provider. */
@NullMarked
package io.bookstore.api.llm.resilience;

import org.jspecify.annotations.NullMarked;
