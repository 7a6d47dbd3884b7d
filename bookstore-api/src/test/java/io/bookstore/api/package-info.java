/** Tests of the whole service: the real one, on a free port, through a real HTTP client. */
@NullMarked
package io.bookstore.api;

import org.jspecify.annotations.NullMarked;
