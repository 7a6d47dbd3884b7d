/** Creations that a client may repeat without fear: {@code Idempotency-Key}. */
@NullMarked
package io.bookstore.api.idempotency;

import org.jspecify.annotations.NullMarked;
