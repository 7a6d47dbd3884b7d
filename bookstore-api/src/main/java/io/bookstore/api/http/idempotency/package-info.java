/** Creations that a client may repeat without fear: {@code Idempotency-Key}. */
@NullMarked
package io.bookstore.api.http.idempotency;

import org.jspecify.annotations.NullMarked;
