/** The Redis that all instances share. */
@NullMarked
package io.bookstore.api.redis;

import org.jspecify.annotations.NullMarked;
