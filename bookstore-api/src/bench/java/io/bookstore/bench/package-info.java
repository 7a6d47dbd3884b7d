/** Measures the packaged service: {@code make bench MODULE=bookstore-api}. */
@NullMarked
package io.bookstore.bench;

import org.jspecify.annotations.NullMarked;
