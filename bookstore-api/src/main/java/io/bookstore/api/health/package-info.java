/** Health, liveness and readiness. */
@NullMarked
package io.bookstore.api.health;

import org.jspecify.annotations.NullMarked;
