/** Proves on the packaged service, run as users run it, what {@code docs/reliability.md} says of promises, faults and bad input. */
@NullMarked
package io.bookstore.api.proof;

import org.jspecify.annotations.NullMarked;
